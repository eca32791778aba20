/** This room speaks the registry's own dialect: {@code /api/v1}, as {@code docs/api/registry-openapi.yaml} describes it. */
@NullMarked
package io.llmschema.http.registryapi;

import org.jspecify.annotations.NullMarked;
