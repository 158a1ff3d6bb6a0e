/**
 * The causal trace of a run on disk: everything that led from a reward to the changed probability
 * of the token it was given for, one line of JSON an update.
 *
 * <pre>
 * trace/header.json     what holds for the whole run
 * trace/updates.jsonl   one {@link org.grpo4j.experiment.trace.TracedUpdate} a line
 * </pre>
 *
 * <p>Read {@link org.grpo4j.experiment.trace.TracedUpdate} first: its components are the file
 * format, in snake case, from the sampled batch down to single tokens. {@link
 * org.grpo4j.experiment.trace.TraceWriter} and {@link org.grpo4j.experiment.trace.TraceReader}
 * write and read it; numbers come back with the same bits. {@link
 * org.grpo4j.experiment.trace.TraceInputs} makes of it the request that {@code whatif} computes
 * every traced number again from, as the page of a report does, and {@link
 * org.grpo4j.experiment.trace.TraceExplainer} explains it down to rewards and log-probabilities.
 * {@link org.grpo4j.experiment.trace.UnipoExport} writes the format of another viewer. {@link
 * org.grpo4j.experiment.trace.TraceDigest} is what a replay is compared with: the hash of all bits
 * of the update, of those groups too that are not traced in full.
 */
@NullMarked
package org.grpo4j.experiment.trace;

import org.jspecify.annotations.NullMarked;
