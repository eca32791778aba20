/** What contents cost that lie in a store: bytes, and time to read them and to write them ({@code run-storage}). */
@NullMarked
package io.llmschema.benchmarks.atrest;

import org.jspecify.annotations.NullMarked;
