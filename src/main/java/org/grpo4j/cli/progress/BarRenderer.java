package org.grpo4j.cli.progress;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * Draws a progress bar into one line of the terminal: name, count, bar, remaining time, figures.
 * What does not fit is taken from the bar first, then from the figures, whole ones from the end.
 */
final class BarRenderer implements ProgressBarRenderer {

  private static final int SHORTEST_BAR = 6;
  private static final int LONGEST_BAR = 40;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  @Override
  public String render(ProgressState progress, int maxLength) {
    return line(
        progress.getTaskName(),
        progress.getCurrent(),
        progress.getMax(),
        progress.getTotalElapsed().toMillis(),
        progress.getExtraMessage(),
        maxLength);
  }

  /** The line for {@code done} of {@code of} steps. */
  static String line(
      String name, long done, long of, long elapsedMillis, String figures, int columns) {
    String total = String.valueOf(of);
    String count = " ".repeat(Math.max(0, total.length() - String.valueOf(done).length())) + done;
    String left = name + " " + count + "/" + total + " ";
    String right = " " + remaining(done, of, elapsedMillis) + " ";
    int room = columns - left.length() - right.length() - SHORTEST_BAR;
    // A number that is cut off is another number.
    String shown = "";
    for (String figure : figures.split(" (?=[a-z])")) {
      if (shown.length() + 1 + figure.length() > room) {
        break;
      }
      shown += " " + figure;
    }
    int width = Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, SHORTEST_BAR + room - shown.length()));
    String line = left + bar(done, of, width) + right + shown;
    return line.length() <= columns ? line : line.substring(0, columns);
  }

  private static String bar(long done, long of, int width) {
    long eighths = of == 0 ? 0 : Math.round(8.0 * width * done / of);
    int full = (int) (eighths / 8);
    StringBuilder bar = new StringBuilder("█".repeat(full));
    if (full < width) {
      bar.append(EIGHTHS.charAt((int) (eighths % 8)));
    }
    return bar + "·".repeat(Math.max(0, width - bar.length()));
  }

  private static String remaining(long done, long of, long elapsedMillis) {
    if (done == 0) {
      return "ETA    ?";
    }
    long seconds = Math.round(elapsedMillis / 1e3 / done * (of - done));
    String text =
        seconds < 60
            ? seconds + " s"
            : seconds / 60 + ":" + String.format(Locale.ROOT, "%02d", seconds % 60);
    return "ETA " + " ".repeat(Math.max(0, 4 - text.length())) + text;
  }
}
