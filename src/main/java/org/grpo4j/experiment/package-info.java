/**
 * Runs as files: what is in an experiment file, and what a run leaves on disk.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.ExperimentConfig} (everything that can be set),
 * {@link org.grpo4j.experiment.ExperimentFiles} (reads it), {@link org.grpo4j.experiment.config}
 * (how records and YAML correspond).
 *
 * <p><b>To add a setting</b>, add an annotated component to the record it belongs to and use it;
 * help, checks and {@code docs/configuration.md} follow (run {@code ./mvnw test
 * -Dtest=ConfigurationPageTest -Ddocs.update=true} for the page). <b>To add a variant</b>, such as
 * another surrogate, add a record with its own settings to the sealed interface.
 */
@NullMarked
package org.grpo4j.experiment;

import org.jspecify.annotations.NullMarked;
