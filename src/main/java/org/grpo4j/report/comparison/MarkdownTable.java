package org.grpo4j.report.comparison;

import java.util.Collections;
import java.util.List;

/** A table of Markdown; rows may be shorter than the heading. */
final class MarkdownTable {

  private final StringBuilder text = new StringBuilder();
  private final int columns;

  MarkdownTable(List<String> heading) {
    columns = heading.size();
    row(heading);
    text.append('|').append("---|".repeat(columns)).append('\n');
  }

  void row(List<String> cells) {
    text.append('|');
    cells.forEach(cell -> text.append(' ').append(escape(cell)).append(" |"));
    Collections.nCopies(columns - cells.size(), " |").forEach(text::append);
    text.append('\n');
  }

  /** A bar would begin a new cell, a line break end the table. */
  private static String escape(String cell) {
    return cell.replace("|", "\\|").replace("\n", " ");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
