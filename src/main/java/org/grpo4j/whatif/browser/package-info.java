/**
 * The door between the page and {@code whatif}: JavaScript objects in, JavaScript objects out. The
 * build compiles it with everything it uses to one script, {@code core.js}, which defines the
 * global {@code grpo4j}. Nothing here computes; on the JVM none of it is ever loaded.
 *
 * <p>{@link org.grpo4j.whatif.browser.Page} is what the script exports, {@link
 * org.grpo4j.whatif.browser.RequestReader} and {@link org.grpo4j.whatif.browser.ResponseWriter} are
 * the two directions. {@code docs/report.md} describes the objects.
 */
@NullMarked
package org.grpo4j.whatif.browser;

import org.jspecify.annotations.NullMarked;
