package org.grpo4j.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.grpo4j.objective.Aggregation;
import org.grpo4j.objective.EmptyRows;

/** The tables of {@code docs/estimators.md}, computed. */
final class EstimatorsPage {

  private static final int GROUP_SIZE = 4;
  private static final double[] SUCCESS_RATES = {0.05, 0.2, 0.5, 0.9};
  private static final Aggregation SUM = new Aggregation.SequenceMeanTokenSum(EmptyRows.COUNT);

  private final StringBuilder text = new StringBuilder();

  /** The page without its introduction. */
  static String markdown() {
    EstimatorsPage page = new EstimatorsPage();
    page.bias();
    page.prompts();
    page.deviationFactor();
    page.aggregation();
    page.divergence();
    page.distillation();
    return page.text.toString();
  }

  private void bias() {
    text.append(
        """
        ## Bias and noise of the advantage estimators

        One prompt, groups of 4, completions of up to three tokens, reward 0 or 1, success rate $p$. Each cell: length of the expected
        gradient in units of the true one; its cosine with the true one, if that is not 1; after the semicolon the noise of one group, the root mean square distance of its
        gradient from the expected one, in units of the latter's length.

        """);
    List<String> header = new ArrayList<>(List.of("advantage"));
    for (double p : SUCCESS_RATES) {
      header.add("p = " + p);
    }
    header(header);
    List<ExactWorld> worlds = new ArrayList<>();
    for (double p : SUCCESS_RATES) {
      worlds.add(Worlds.oneOf(p));
    }
    for (NamedEstimator estimator : NamedEstimator.all()) {
      List<String> cells = new ArrayList<>(List.of(estimator.name()));
      for (ExactWorld world : worlds) {
        ExactExpectation expected = expectation(world, estimator, SUM);
        double noise = expected.noise() / Vectors.norm(expected.mean());
        cells.add(bias(world, expected) + "; " + number(noise, 1));
      }
      row(cells);
    }
    text.append(
        """

        - Length 1 without a cosine: unbiased. A baseline that contains the completion itself (a mean of the group) shortens the gradient by
          $(G-1)/G$ and leaves its direction alone; leaving the completion out repairs that.
        - For one prompt and rewards of 0 and 1, dividing by the deviation changes the length only, but by a factor that depends on $p$.
        - A mean or deviation over *tokens* lets completions of different length count differently, which turns the gradient a little.
        - Dividing by the group's mean multiplies the gradient by $(1-(1-p)^{G-1})/p$: the rarer success, the more it weighs. The best of the group
          multiplies it by $(1-p)^{G-1}$: what is solved most of the time is left alone.
        - A baseline of its own for every position is unbiased without the completion itself, but averages over fewer completions than one baseline for all
          positions: in groups of 4 that costs more noise than its weights save.
        - A critic that is wrong turns the gradient unless $\\lambda = 1$; a perfect one is harmless at any $\\lambda$ and lowers the noise.

        """);
  }

  private void prompts() {
    text.append(
        """
        ## Two prompts of different difficulty

        The same with two prompts, groups of 4 and completions of up to two tokens; the true gradient is that of the mean of both expected rewards.

        """);
    header(List.of("advantage", "p = 0.05 and 0.5", "p = 0.5 and 0.95"));
    List<ExactWorld> worlds = List.of(Worlds.twoOf(0.05, 0.5), Worlds.twoOf(0.5, 0.95));
    for (String name :
        List.of(
            "leave one out (RLOO)",
            "minus mean of the group (Dr. GRPO)",
            "minus mean of the batch",
            "group mean and deviation (GRPO)",
            "group mean, deviation of the batch",
            "rewards to go, whitened (REINFORCE++)")) {
      List<String> cells = new ArrayList<>(List.of(name));
      for (ExactWorld world : worlds) {
        cells.add(bias(world, expectation(world, NamedEstimator.named(name), SUM)));
      }
      row(cells);
    }
    text.append(
        """

        Dividing by each group's own deviation gives every prompt another factor (next table), so the sum points elsewhere: GRPO climbs another
        hill than the mean success rate. In groups of 4 the factors hardly differ; in large groups they do. The deviation of the whole batch is one
        number for all, but it depends on the very rewards it divides, which in a small batch turns the gradient as much.

        """);
  }

  private void deviationFactor() {
    text.append(
        """
        ## What dividing by the deviation does to a prompt

        By what the gradient of a prompt's success rate is multiplied: $E[k(G-k)/\\mathrm{std}(k)] / (G^2 p (1-p))$ with $k$ right completions out of $G$,
        sample deviation, no epsilon. For large $G$ it tends to $1/\\sqrt{p(1-p)}$.

        """);
    double[] rates = {0.01, 0.05, 0.2, 0.5};
    List<String> header = new ArrayList<>(List.of("G"));
    for (double p : rates) {
      header.add("p = " + p + " or " + number(1 - p, 2));
    }
    header(header);
    for (int groupSize : List.of(2, 3, 4, 8, 16, 64)) {
      List<String> cells = new ArrayList<>(List.of(Integer.toString(groupSize)));
      for (double p : rates) {
        cells.add(number(DeviationFactor.of(p, groupSize, 0), 3));
      }
      row(cells);
    }
    text.append(
        """

        In groups of 2 and 3 there is no reweighting at all: every group with two different rewards has the same deviation.

        """);
  }

  private void aggregation() {
    text.append(
        """
        ## Bias of the aggregation

        One prompt, $p = 0.2$, groups of 4. The sum over a completion's tokens is the policy gradient; a division by the completion's own length turns it, a
        division by a constant does not. A division by the number of tokens in the batch lies between: it is one number for all, but depends on what was
        sampled, less so in larger batches. Cosine with the true gradient:

        """);
    header(List.of("aggregation", "RLOO", "Dr. GRPO", "GRPO"));
    ExactWorld world = Worlds.oneOf(0.2);
    aggregationRow(world, "mean over completions of the sum", SUM);
    aggregationRow(
        world,
        "the same, divided by a constant",
        new Aggregation.SequenceMeanTokenSumNorm(3, EmptyRows.COUNT));
    aggregationRow(world, "mean over completions of the mean", Aggregation.sequenceMeanTokenMean());
    aggregationRow(world, "mean over all tokens", Aggregation.tokenMean());
    aggregationRow(world, "mean over all tokens of the group", new Aggregation.GroupTokenMean());
    text.append('\n');
  }

  private void aggregationRow(ExactWorld world, String name, Aggregation aggregation) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (String estimator :
        List.of(
            "leave one out (RLOO)",
            "minus mean of the group (Dr. GRPO)",
            "group mean and deviation (GRPO)")) {
      ExactExpectation expected = expectation(world, NamedEstimator.named(estimator), aggregation);
      cells.add(
          number(
              Vectors.cosine(Vectors.times(-1, expected.mean()), world.gradientOfExpectedReward()),
              4));
    }
    row(cells);
  }

  private void distillation() {
    text.append(
        """

        ## Distillation: from the symbol that was drawn, or from the whole distribution

        A student learns from a teacher at the prefixes of its own completions (on-policy distillation), one completion at a time. The sampled form uses
        $A_{it} = \\log \\nu(o_{it}) - \\log \\pi(o_{it})$ as advantage (`advantage: token-return`, a KL divergence from the teacher in the reward), the exact one
        $\\mathrm{KL}(\\pi \\Vert \\nu)$ of every token's whole distribution (`objective.kl: exact`). Both have the same expected gradient. The teacher's logits are a share
        of the way from the student's to other ones. Noise: root mean square distance of one completion's gradient from the expected one, in units of the latter's length.

        """);
    header(List.of("teacher's distance", "sampled", "exact", "times less", "sampled, discount 1"));
    ExactWorld student = Worlds.random(3, 1, 1);
    for (double distance : new double[] {0.01, 0.1, 0.5, 1, 2}) {
      Distillation at = new Distillation(student, Worlds.between(student, 2, distance));
      double exact = at.exact().noise() / Vectors.norm(at.exact().mean());
      double sampled = at.sampled(0).noise() / Vectors.norm(at.sampled(0).mean());
      ExactExpectation whole = at.sampled(1);
      row(
          List.of(
              number(distance, 2),
              number(sampled, 2),
              number(exact, 2),
              number(sampled / exact, 1),
              number(whole.noise() / Vectors.norm(whole.mean()), 2)));
    }
    text.append(
        """

        - DeepSeek-V4 distils over the full vocabulary because the token-level estimate "leads to high variance"; here that is exact: the mean is the same, and the sampled form
          is the noisier one at every distance. How much depends on the vocabulary, which has three symbols here.
        - What noise is left in the exact form is which prefixes are visited.
        - Discount 1 estimates another gradient, that of the divergence of whole completions.
        """);
  }

  private void divergence() {
    text.append(
        """
        ## Where the divergence stands

        Two policies over completions of up to three tokens. Value: expected value in units of $\\mathrm{KL}(\\pi \\Vert \\mathrm{ref})$. The other columns say how far the expected gradient is
        from a true one: 0 means equal, 1 as far as no gradient at all. "By prefix": the divergences of the next token, averaged over prefixes whose own probability is
        not differentiated. Off-policy: the samples come from a third policy.

        """);
    ExactWorld policy = Worlds.random(3, 1, 1);
    ExactWorld reference = Worlds.random(3, 1, 2);
    ExactWorld old = Worlds.random(3, 1, 3);
    Divergences truth = new Divergences(policy, reference);
    header(
        List.of(
            "placement",
            "value",
            "KL(π, ref)",
            "KL(π, ref) by prefix",
            "KL(ref, π) by prefix",
            "off-policy, KL(π, ref)",
            "off-policy, by prefix"));
    for (KlPlacement placement : KlPlacement.all()) {
      double[] gradient = placement.gradient(policy, policy, reference);
      double[] offPolicy = placement.gradient(old, policy, reference);
      row(
          List.of(
              placement.name(),
              number(placement.value(policy, policy, reference) / truth.reverse(), 3),
              distance(gradient, truth.gradientOfReverse()),
              distance(gradient, truth.gradientOfReverseByPrefix(policy)),
              distance(gradient, truth.gradientOfForwardByPrefix(policy)),
              distance(offPolicy, truth.gradientOfReverse()),
              distance(offPolicy, truth.gradientOfReverseByPrefix(old))));
    }
    text.append(
        """

        - `K1` in the loss has the right value and expected gradient 0: noise, nothing else.
        - `K3` in the loss, GRPO's choice, pulls towards the gradient of the *other* divergence.
        - `K2`, `K3` straight through and `K3` times the token ratio have the gradient of the right one, by prefix; the last also off-policy.
        - The whole gradient comes from `K1` in the reward, or in the loss times the product of the completion's ratios; the latter also off-policy.
        """);
  }

  private static ExactExpectation expectation(
      ExactWorld world, NamedEstimator estimator, Aggregation aggregation) {
    return PolicyGradientTest.expectation(
        world, estimator, PolicyGradientTest.reinforce(aggregation), GROUP_SIZE);
  }

  /** Length of the expected ascent direction, and its cosine if it is not 1. */
  private static String bias(ExactWorld world, ExactExpectation expected) {
    double[] truth = world.gradientOfExpectedReward();
    double[] ascent = Vectors.times(-1, expected.mean());
    String length = number(Vectors.norm(ascent) / Vectors.norm(truth), 3);
    double cosine = Vectors.cosine(ascent, truth);
    return cosine > 1 - 1e-9 ? length : length + " (cos " + number(cosine, 4) + ")";
  }

  private static String distance(double[] gradient, double[] truth) {
    double distance = Vectors.norm(Vectors.minus(gradient, truth)) / Vectors.norm(truth);
    return distance < 1e-11 ? "0" : number(distance, 2);
  }

  private static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private void header(List<String> cells) {
    row(cells);
    text.append("|---|").append("---|".repeat(cells.size() - 1)).append('\n');
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
