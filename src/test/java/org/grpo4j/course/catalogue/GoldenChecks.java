package org.grpo4j.course.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.grpo4j.math.DoubleVector;
import org.grpo4j.math.Masks;
import org.grpo4j.math.RowGroups;
import org.grpo4j.math.TokenTable;
import org.grpo4j.objective.ObjectiveInputs;
import org.grpo4j.verify.CaseValues;
import org.grpo4j.verify.VectorCase;
import org.grpo4j.verify.VectorFile;

/** The golden cases of the pieces, run on the pieces. */
final class GoldenChecks {

  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  private GoldenChecks() {}

  static List<Check> all() {
    List<Check> checks = new ArrayList<>();
    for (String name :
        List.of(
            "group/binary-trl",
            "group/one-constant-group",
            "group/all-groups-constant",
            "group/graded",
            "group/pair",
            "missing-rewards",
            "group-of-one")) {
      add(checks, "advantages.json", name, GoldenChecks::groupAdvantages);
    }
    add(checks, "advantages.json", "rloo/0", GoldenChecks::leaveOneOut);
    add(checks, "advantages.json", "rloo/1", GoldenChecks::leaveOneOut);
    for (String name : List.of("clip", "clip-higher", "clip-r1-eps10", "clip-zero-width")) {
      add(checks, "surrogates.json", name, GoldenChecks::surrogate);
    }
    add(checks, "kl.json", "k3", GoldenChecks::divergence);
    add(checks, "aggregation.json", "padded/seq_mean_token_mean-count", GoldenChecks::aggregation);
    for (String name :
        List.of(
            "grpo/deepseekmath",
            "grpo/no-kl",
            "grpo/on-policy-first-step",
            "holes-in-mask/token",
            "empty-row/counted",
            "gspo/wide",
            "holes-in-mask/sequence")) {
      add(checks, "losses.json", name, GoldenChecks::loss);
    }
    for (int i = 0; i < 4; i++) {
      add(checks, "gae.json", "gae/terminal-" + i, GoldenChecks::generalizedAdvantages);
    }
    add(checks, "gae.json", "token-rewards/k1-0", GoldenChecks::tokenRewards);
    add(checks, "gae.json", "whiten/ddof1-zero-mean", GoldenChecks::whitening);
    add(checks, "value.json", "value/clipped-token_mean", GoldenChecks::valueLoss);
    add(checks, "logits.json", "entropy/0", GoldenChecks::entropy);
    add(checks, "logits.json", "token-logp/0", GoldenChecks::tokenLogProb);
    add(checks, "metrics.json", "pass-at-k", GoldenChecks::passAtK);
    return checks;
  }

  private static void add(
      List<Check> checks, String file, String name, BiConsumer<VectorCase, Pieces> check) {
    VectorCase found =
        VectorFile.read(DIRECTORY.resolve(file)).cases().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(file + ": no case " + name));
    String title = file.replace(".json", "") + ": " + name;
    checks.add(Check.of("golden case", title, pieces -> check.accept(found, pieces)));
  }

  private static void groupAdvantages(VectorCase one, Pieces pieces) {
    DoubleVector rewards = one.inputs().vector("rewards");
    RowGroups groups = pieces.groups(rewards.size(), one.options().integer("group_size"));
    same(one, "advantages", pieces.advantages(rewards, groups));
  }

  private static void leaveOneOut(VectorCase one, Pieces pieces) {
    DoubleVector rewards = one.inputs().vector("rewards");
    RowGroups groups = pieces.groups(rewards.size(), one.options().integer("group_size"));
    same(one, "advantages", pieces.leaveOneOut(rewards, groups));
  }

  private static void surrogate(VectorCase one, Pieces pieces) {
    DoubleVector logProbs = one.inputs().vector("logp");
    DoubleVector old = one.inputs().vector("old_logp");
    DoubleVector advantages = one.inputs().vector("advantages");
    double[] losses = new double[logProbs.size()];
    double[] slopes = new double[losses.length];
    for (int t = 0; t < losses.length; t++) {
      double ratio = Math.exp(logProbs.get(t) - old.get(t));
      double low = one.options().number("epsilon_low");
      double high = one.options().number("epsilon_high");
      losses[t] = pieces.surrogateLoss(ratio, advantages.get(t), low, high);
      slopes[t] = pieces.surrogateSlope(ratio, advantages.get(t), low, high);
    }
    same(one, "loss", DoubleVector.of(losses));
    same(one, "dloss_dlogp", DoubleVector.of(slopes));
  }

  private static void divergence(VectorCase one, Pieces pieces) {
    DoubleVector logProbs = one.inputs().vector("logp");
    DoubleVector reference = one.inputs().vector("ref_logp");
    double[] values = new double[logProbs.size()];
    double[] slopes = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      values[t] = pieces.klValue(logProbs.get(t), reference.get(t));
      slopes[t] = pieces.klSlope(logProbs.get(t), reference.get(t));
    }
    same(one, "kl", DoubleVector.of(values));
    same(one, "dkl_dlogp", DoubleVector.of(slopes));
  }

  private static void aggregation(VectorCase one, Pieces pieces) {
    TokenTable mask = one.inputs().table("mask");
    same(one, "weights", pieces.weights(mask, RowGroups.consecutive(mask.rows(), 1)));
  }

  private static void loss(VectorCase one, Pieces pieces) {
    CaseValues in = one.inputs();
    TokenTable mask = in.table("mask");
    TokenTable advantages = Masks.spread(in.vector("advantages"), mask);
    ObjectiveInputs inputs =
        ObjectiveInputs.of(
            in.table("logp"),
            in.table("old_logp"),
            advantages,
            mask,
            RowGroups.consecutive(mask.rows(), 1));
    if (in.has("ref_logp")) {
      inputs = inputs.withReference(in.table("ref_logp"));
    }
    boolean sequence = one.options().text("ratio_level", "token").equals("sequence");
    ObjectiveSettings settings =
        new ObjectiveSettings(
            one.options().number("epsilon_low", 0.2),
            one.options().number("epsilon_high", 0.2),
            one.options().number("beta", 0),
            0,
            sequence);
    BatchLoss got = LossOfPieces.objective(pieces, settings, inputs);
    same(one, "loss", got.loss());
    same(one, "dloss_dlogp", got.slopes());
  }

  private static void generalizedAdvantages(VectorCase one, Pieces pieces) {
    TokenTable mask = one.inputs().table("mask");
    TokenTable values = one.inputs().table("values");
    TokenTable rewards = one.inputs().table("rewards");
    double gamma = one.options().number("gamma");
    double lambda = one.options().number("lam");
    same(one, "advantages", pieces.generalizedAdvantages(rewards, values, mask, gamma, lambda));
    same(one, "returns", pieces.returns(rewards, values, mask, gamma, lambda));
  }

  private static void tokenRewards(VectorCase one, Pieces pieces) {
    CaseValues in = one.inputs();
    same(
        one,
        "token_rewards",
        pieces.tokenRewards(
            in.vector("scores"),
            in.table("logp"),
            in.table("ref_logp"),
            in.table("mask"),
            one.options().number("beta")));
  }

  private static void whitening(VectorCase one, Pieces pieces) {
    same(one, "whitened", pieces.whiten(one.inputs().table("x"), one.inputs().table("mask")));
  }

  private static void valueLoss(VectorCase one, Pieces pieces) {
    CaseValues in = one.inputs();
    TokenTable mask = in.table("mask");
    double clip = one.options().number("value_clip");
    double loss = 0;
    for (int i = 0; i < mask.rows(); i++) {
      for (int t = 0; t < mask.length(i); t++) {
        double value = in.table("values").get(i, t);
        double old = in.table("old_values").get(i, t);
        double tokenLoss = pieces.valueLoss(value, old, in.table("returns").get(i, t), clip);
        loss += pieces.masked(tokenLoss, mask.get(i, t)) / Masks.count(mask);
      }
    }
    same(one, "loss", loss);
  }

  private static void entropy(VectorCase one, Pieces pieces) {
    List<TokenTable> logits = one.inputs().tables("logits");
    double[][] entropies = new double[logits.size()][];
    for (int i = 0; i < entropies.length; i++) {
      entropies[i] = new double[logits.get(i).rows()];
      for (int t = 0; t < entropies[i].length; t++) {
        entropies[i][t] = pieces.entropy(pieces.logProbs(logits.get(i).row(t).toArray(), 1), 0);
      }
    }
    same(one, "entropy", TokenTable.of(entropies));
  }

  private static void tokenLogProb(VectorCase one, Pieces pieces) {
    List<TokenTable> logits = one.inputs().tables("logits");
    TokenTable tokens = one.inputs().table("tokens");
    double[][] logProbs = new double[logits.size()][];
    for (int i = 0; i < logProbs.length; i++) {
      logProbs[i] = new double[logits.get(i).rows()];
      for (int t = 0; t < logProbs[i].length; t++) {
        double[] all = pieces.logProbs(logits.get(i).row(pieces.logitColumn(t)).toArray(), 1);
        logProbs[i][t] = all[(int) tokens.get(i, t)];
      }
    }
    same(one, "logp", TokenTable.of(logProbs));
  }

  private static void passAtK(VectorCase one, Pieces pieces) {
    DoubleVector n = one.inputs().vector("n");
    double[] got = new double[n.size()];
    for (int i = 0; i < got.length; i++) {
      int correct = (int) one.inputs().vector("c").get(i);
      got[i] = pieces.passAtK((int) n.get(i), correct, (int) one.inputs().vector("k").get(i));
    }
    same(one, "pass_at_k", DoubleVector.of(got));
  }

  private static void same(VectorCase one, String field, TokenTable got) {
    JsonNode expected = one.expected().get(field);
    assertEquals(expected.size(), got.rows());
    for (int i = 0; i < got.rows(); i++) {
      same(one, expected.get(i), got.row(i));
    }
  }

  private static void same(VectorCase one, String field, DoubleVector got) {
    same(one, one.expected().get(field), got);
  }

  private static void same(VectorCase one, String field, double got) {
    near(one, one.expected().get(field).asDouble(), got);
  }

  private static void same(VectorCase one, JsonNode expected, DoubleVector got) {
    assertEquals(expected.size(), got.size());
    for (int t = 0; t < got.size(); t++) {
      near(one, expected.get(t).asDouble(), got.get(t));
    }
  }

  private static void near(VectorCase one, double expected, double got) {
    double most = one.absoluteTolerance() + one.relativeTolerance() * Math.abs(expected);
    assertTrue(
        Math.abs(got - expected) <= most, one.name() + ": expected " + expected + ", got " + got);
  }
}
