package org.grpo4j.report.comparison;

import java.util.Map;

/** What the columns of the page's tables mean, by heading. */
final class ColumnNotes {

  static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("runs", "How many runs have the number, one a seed."),
          Map.entry(
              "95 %",
              "Interval of the mean over the seeds: bias-corrected and accelerated bootstrap. With"
                  + " few seeds it is too narrow."),
          Map.entry("deviation", "Sample standard deviation over the seeds."),
          Map.entry(
              "difference",
              "The mean difference from the first experiment, seed by seed: what the seeds have in"
                  + " common, above all the cold start, cancels."),
          Map.entry(
              "95 % (t)",
              "Student's interval of the mean difference, which is honest about few seeds. That of"
                  + " a difference of shares ends at -1 and 1."),
          Map.entry("95 % (bootstrap)", "The same interval by the bootstrap."),
          Map.entry(
              "shown?",
              "Whether Student's interval leaves out zero. It is not corrected for the number of"
                  + " rows: go by the primary row. Withheld: the machine was not steady enough for"
                  + " a comparison of seconds."),
          Map.entry("wins", "Seeds in which it is larger than the first experiment."),
          Map.entry(
              "p",
              "Wilcoxon's signed-rank test, two-sided; t with ties, z with zeros left out, ~"
                  + " approximate."),
          Map.entry("d_z", "Effect size: the mean difference over its standard deviation."),
          Map.entry(
              "rank-biserial",
              "Effect size of the signed-rank test: share of rank sums that favour it minus the"
                  + " rest, from -1 to 1."),
          Map.entry(
              "P(>)", "Probability that a run of it is larger than a run of the first experiment."),
          Map.entry("95 % of P(>)", "Bootstrap interval of P(>)."),
          Map.entry("seeds", "Seeds it would take to see this effect with a power of 80 %."));

  private ColumnNotes() {}
}
