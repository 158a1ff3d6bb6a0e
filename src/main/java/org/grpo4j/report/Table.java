package org.grpo4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of text: for a terminal in aligned columns, for a page in Markdown, for other programs as
 * comma-separated values.
 */
public final class Table {

  private final List<List<String>> rows = new ArrayList<>();
  private final String gap;

  /** A table whose columns stand three spaces apart. */
  public Table() {
    this("   ");
  }

  /** A table whose columns stand {@code gap} apart. */
  public Table(String gap) {
    this.gap = gap;
  }

  /** Adds a row; rows may have fewer cells than others. */
  public Table row(String... cells) {
    return row(List.of(cells));
  }

  /** Adds a row that begins with {@code first}. */
  public Table row(String first, List<String> others) {
    return row(Stream.concat(Stream.of(first), others.stream()).toList());
  }

  /** Adds a row; rows may have fewer cells than others. */
  public Table row(List<String> cells) {
    rows.add(List.copyOf(cells));
    return this;
  }

  /**
   * The lines in columns as wide as their widest cell, without trailing spaces. A row of one cell
   * among wider ones is a heading and widens nothing.
   */
  @Override
  public String toString() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < row.size() && (row.size() > 1 || columns == 1); c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        String cell = row.get(c);
        line.append(cell).append(" ".repeat(Math.max(0, widths[c] - cell.length()))).append(gap);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** The same in Markdown; the first row is the heading. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    int columns = rows.get(0).size();
    for (List<String> row : rows) {
      boolean isHeading = text.isEmpty();
      text.append('|');
      row.forEach(cell -> text.append(' ').append(escape(cell)).append(" |"));
      text.append(" |".repeat(Math.max(0, columns - row.size()))).append('\n');
      text.append(isHeading ? "|" + "---|".repeat(columns) + "\n" : "");
    }
    return text.toString();
  }

  /** The same as comma-separated values: RFC 4180, with line feeds alone. */
  public String csv() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      List<String> cells = row.stream().map(Table::quoted).toList();
      text.append(String.join(",", cells)).append('\n');
    }
    return text.toString();
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\r\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }

  /** The rows as they were added. */
  public List<List<String>> rows() {
    return List.copyOf(rows);
  }

  /** A bar would begin a new cell, a line break end the table. */
  private static String escape(String cell) {
    return cell.replace("|", "\\|").replace("\n", " ");
  }
}
