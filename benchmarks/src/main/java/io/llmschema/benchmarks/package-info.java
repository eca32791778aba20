/** This room measures: what one thread costs here (JMH), what a whole server does under load beside it ({@code run-http}). */
@NullMarked
package io.llmschema.benchmarks;

import org.jspecify.annotations.NullMarked;
