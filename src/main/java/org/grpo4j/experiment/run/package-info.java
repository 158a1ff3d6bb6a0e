/**
 * What a run does and what it leaves on disk.
 *
 * <p>Reading order: {@link org.grpo4j.experiment.run.RunDirectory} (the files), then the writers of
 * the single files. Everything that is read back, checkpoints and cached cold starts, is written
 * beside its place and moved there, and checked by hash when it is read.
 */
@NullMarked
package org.grpo4j.experiment.run;

import org.jspecify.annotations.NullMarked;
