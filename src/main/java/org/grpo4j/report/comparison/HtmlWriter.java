package org.grpo4j.report.comparison;

import static org.grpo4j.report.plot.SvgText.escape;

import java.util.List;
import org.grpo4j.report.Table;
import org.grpo4j.report.page.PageFrame;
import org.grpo4j.report.plot.Palette;
import org.grpo4j.report.plot.SvgText;

/** Writes HTML piece by piece; every text is escaped here and nowhere else. */
final class HtmlWriter {

  /** Rules that the report's style sheet does not have. */
  private static final String STYLE =
      """
      .plot .paper{fill:none}
      .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));\
      gap:1.2rem}
      .plots svg,.figure svg{width:100%;height:auto}.figure{max-width:52rem;margin:1rem 0}
      .figures td,.figures th{text-align:right;white-space:nowrap}
      .figures :is(td,th):first-child{text-align:left}
      tbody th[scope=rowgroup]{padding-top:1rem;font-weight:700}
      h3{margin-top:1.8rem}
      details{margin:.8rem 0}details>summary{font-weight:600}details>summary+*{margin-top:.6rem}
      .good{color:var(--good);font-weight:600}.bad{color:var(--alert);font-weight:600}
      .answer{font-size:1.15rem;max-width:70ch}
      [popover]{max-width:30rem;color:inherit;font-weight:400;white-space:normal;text-align:left}
      """;

  private final StringBuilder page = new StringBuilder();
  private final String title;
  private int notes;

  /** Begins a page. */
  HtmlWriter(String title) {
    this.title = title;
  }

  /** Ends the page, which may load nothing and run nothing, and returns it. */
  String end() {
    return PageFrame.still(title, Palette.CSS + STYLE, page.toString());
  }

  /** Adds markup that is known to be well formed. */
  void markup(String html) {
    page.append(html);
  }

  /** A part of the page with a heading. */
  void section(String id, String heading, Runnable content) {
    markup("<section id=\"" + id + "\" aria-labelledby=\"" + id + "-heading\">\n");
    markup("<h2 id=\"" + id + "-heading\">" + escape(heading) + "</h2>\n");
    content.run();
    markup("</section>\n");
  }

  /** A heading within a part. */
  void heading(String text) {
    markup("<h3>" + escape(text) + "</h3>\n");
  }

  /** A part that is shown on demand. */
  void folded(String summary, Runnable content) {
    markup("<details>\n<summary>" + escape(summary) + "</summary>\n");
    content.run();
    markup("</details>\n");
  }

  void paragraph(String classes, String text) {
    markup("<p class=\"" + classes + "\">" + escape(text) + "</p>\n");
  }

  void list(List<String> items) {
    markup("<ul>\n");
    items.forEach(item -> markup("<li>" + escape(item) + "</li>\n"));
    markup("</ul>\n");
  }

  /**
   * Begins a table, which scrolls on its own if it is wide.
   *
   * @param label what it is, for those who cannot see it
   * @param classes {@code figures} for numbers
   * @param headings none may be empty
   */
  void table(String label, String classes, List<String> headings) {
    markup("<div class=\"scroll-x\" tabindex=\"0\" role=\"region\" aria-label=\"");
    markup(escape(label) + "\"><table class=\"" + classes + "\">\n<thead><tr>");
    for (String heading : headings) {
      markup("<th scope=\"col\">" + escape(heading) + note(heading) + "</th>");
    }
    markup("</tr></thead>\n<tbody>\n");
  }

  /** A whole table; its first row has the headings. */
  void table(String label, String classes, Table table) {
    List<List<String>> rows = table.rows();
    table(label, classes, rows.get(0));
    rows.subList(1, rows.size()).forEach(this::row);
    endTable();
  }

  void endTable() {
    markup("</tbody></table></div>\n");
  }

  /** A question mark that shows what a column means; nothing if it speaks for itself. */
  private String note(String heading) {
    String text = ResultColumn.note(heading);
    if (text.isEmpty()) {
      return "";
    }
    String id = "note-" + ++notes;
    return "<button class=\"note-button\" type=\"button\" popovertarget=\""
        + id
        + "\" aria-label=\"What is "
        + escape(heading)
        + "?\">?</button><span popover id=\""
        + id
        + "\" class=\"card\">"
        + escape(text)
        + "</span>";
  }

  void rowHeading(String text, int columns) {
    markup(
        "<tr><th scope=\"rowgroup\" colspan=\"" + columns + "\">" + escape(text) + "</th></tr>\n");
  }

  void row(List<String> cells) {
    rowOfMarkup(cells.stream().map(SvgText::escape).toList());
  }

  void rowOfMarkup(List<String> cells) {
    markup("<tr><td>" + String.join("</td><td>", cells) + "</td></tr>\n");
  }
}
