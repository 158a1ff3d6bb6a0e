package org.grpo4j.report.comparison;

import static org.grpo4j.report.plot.SvgText.escape;

import java.util.List;
import org.grpo4j.report.plot.Palette;

/** Writes HTML piece by piece; every text is escaped here and nowhere else. */
final class HtmlWriter {

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--text:#1f2328;--quiet:#59636e;--line:#d9dde2;--ground:#fff;\
      --good:#00694d;--bad:#a63c00}
      @media (prefers-color-scheme:dark){:root{--text:#e6e9ec;--quiet:#9aa4af;--line:#30373f;\
      --ground:#14181d;--good:#2fc79a;--bad:#f5904d}}
      body{margin:0 auto;max-width:1180px;padding:24px 16px 64px;color:var(--text);\
      background:var(--ground);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
      h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2.2em}
      p,li{max-width:75ch}.quiet{color:var(--quiet)}
      .wide{overflow-x:auto}table{border-collapse:collapse;font-size:.86rem;\
      font-variant-numeric:tabular-nums}
      th,td{padding:.32em .8em .32em 0;text-align:right;white-space:nowrap;\
      border-bottom:1px solid var(--line)}
      th:first-child,td:first-child{text-align:left}
      th{font-weight:600;color:var(--quiet);vertical-align:bottom}
      tr.measure td{padding-top:1.1em;font-weight:600;text-align:left}
      td.text,th.text,.texts th,.texts td{text-align:left;white-space:normal}
      .good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}
      .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));\
      gap:20px}
      .plots svg{width:100%;height:auto}
      code{font-size:.92em;overflow-wrap:anywhere}
      """;

  private final StringBuilder page = new StringBuilder();

  /** Begins a page that may load nothing. */
  HtmlWriter(String title) {
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'unsafe-inline'\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
        .append("<title>")
        .append(escape(title))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append(Palette.CSS)
        .append("</style>\n</head>\n<body>\n<h1>")
        .append(escape(title))
        .append("</h1>\n");
  }

  /** Ends the page and returns it. */
  String end() {
    return page.append("</body>\n</html>\n").toString();
  }

  /** Adds markup that is known to be well formed. */
  void markup(String html) {
    page.append(html);
  }

  void heading(String text) {
    page.append("<h2>").append(escape(text)).append("</h2>\n");
  }

  void paragraph(String text) {
    page.append("<p>").append(escape(text)).append("</p>\n");
  }

  void quiet(String text) {
    page.append("<p class=\"quiet\">").append(escape(text)).append("</p>\n");
  }

  void textTable(List<String> headings) {
    table(headings, "texts");
  }

  void table(List<String> headings) {
    table(headings, "numbers");
  }

  void table(List<String> headings, String kind) {
    page.append("<div class=\"wide\"><table class=\"").append(kind).append("\"><tr>");
    headings.forEach(text -> page.append("<th>").append(escape(text)).append("</th>"));
    page.append("</tr>\n");
  }

  void endTable() {
    page.append("</table></div>\n");
  }

  void cell(String text) {
    page.append("<td>").append(escape(text)).append("</td>");
  }

  void textCell(String text) {
    page.append("<td class=\"text\">").append(escape(text)).append("</td>");
  }

  void codeCell(String text) {
    page.append("<td><code>").append(escape(text)).append("</code></td>");
  }

  void verdictCell(boolean good, String text) {
    page.append("<td class=\"").append(good ? "good" : "bad").append("\">");
    page.append(escape(text)).append("</td>");
  }

  void headingRow(String text, int columns) {
    page.append("<tr class=\"measure\"><td colspan=\"").append(columns).append("\">");
    page.append(escape(text)).append("</td></tr>\n");
  }

  void list(List<String> items) {
    page.append("<ul>\n");
    items.forEach(item -> page.append("<li>").append(escape(item)).append("</li>\n"));
    page.append("</ul>\n");
  }

  void row(Runnable cells) {
    page.append("<tr>");
    cells.run();
    page.append("</tr>\n");
  }
}
