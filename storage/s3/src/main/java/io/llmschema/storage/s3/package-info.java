/** This room keeps large or cold contents as objects in a bucket of Amazon S3, or of anything that speaks as it does. */
@NullMarked
package io.llmschema.storage.s3;

import org.jspecify.annotations.NullMarked;
