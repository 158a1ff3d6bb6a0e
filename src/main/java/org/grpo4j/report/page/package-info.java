/**
 * The page of a run: one HTML file that shows what happened, lets the reader look inside every
 * traced update, explains each number and recomputes it under other settings.
 *
 * <p>Reading order: {@link org.grpo4j.report.page.ReportPage} (the page as a whole), {@link
 * org.grpo4j.report.page.RunData} (what the page knows of a run), {@code PackedTrace} (how its
 * updates fit into a small file), {@link org.grpo4j.report.page.WhatIfJson} (what can be set under
 * "What if", read from the declarations at the records), {@link org.grpo4j.report.page.LiveServer}
 * (the same page while training runs). What the reader sees is written in HTML, CSS and JavaScript,
 * in the resources of this package: {@code page.html} is the frame, {@code app.js} begins at the
 * end of the file.
 *
 * <p>Safety is by construction: the page's policy allows exactly the script and the style that are
 * in the file and no network at all; the data are JSON in which {@code <}, {@code >} and {@code &}
 * are escaped; and the scripts put texts into the page as text nodes only.
 *
 * <p><b>To add a curve</b>, add its metric to {@link org.grpo4j.report.page.RunData} and a panel to
 * {@code curves.js}. <b>To add a quantity</b> by which tokens are coloured, add it to {@code
 * quantities.js}. <b>To add a note</b>, add it to {@code notes.js} and name it where the question
 * arises.
 */
@NullMarked
package org.grpo4j.report.page;

import org.jspecify.annotations.NullMarked;
