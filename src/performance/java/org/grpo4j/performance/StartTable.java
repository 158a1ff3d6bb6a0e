package org.grpo4j.performance;

import org.grpo4j.report.Table;

/** The table of {@link StartPart}. */
final class StartTable {

  private StartTable() {}

  static String of(Measurements measured) {
    Table table = new Table();
    table.row("from the shell", "seconds", "measured", "memory, MiB");
    for (String what : measured.sizes(StartPart.OURS)) {
      Sample seconds = measured.sample(StartPart.OURS, what, StartPart.SECONDS);
      table.row(
          what,
          seconds.seconds(),
          seconds.values().size() + " times",
          measured.sample(StartPart.OURS, what, StartPart.MEMORY).mebibytes());
    }
    return table.markdown();
  }
}
