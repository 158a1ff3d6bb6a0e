/**
 * The playground: one HTML file in which a policy trains in the browser's own process, with the
 * same Java classes, while the reader watches and changes things.
 *
 * <p>{@link org.grpo4j.playground.PlaygroundPage} puts the file together. What the reader sees is
 * written in HTML, CSS and JavaScript, in the resources of this package: {@code playground.html} is
 * the frame, {@code playground.js} begins at the end of the file, {@code worker.js} is the door to
 * the engine on the worker's side and {@code engine.js} on the page's. Charts, tokens, notes and
 * explanations are those of the report, {@link org.grpo4j.report.page}.
 */
@NullMarked
package org.grpo4j.playground;

import org.jspecify.annotations.NullMarked;
