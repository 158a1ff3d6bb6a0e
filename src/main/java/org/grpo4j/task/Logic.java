package org.grpo4j.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.grpo4j.declare.Kind;

/**
 * {@code logic}: knights, who always tell the truth, and knaves, who always lie (Smullyan). Three
 * people A, B and C make a statement each, and one assignment alone fits all three. For {@code
 * B=0,A=C,A&B?} A says that B is a knave, B that A and C are of one kind, C that both A and B are
 * knights; the answer {@code Abc} makes A a knight and the others knaves.
 *
 * <p>A statement is {@code X&Y} (both are knights), {@code X|Y} (at least one is), {@code X=Y}
 * (they are of one kind), {@code X#Y} (they are not), {@code X=1} (a knight) or {@code X=0} (a
 * knave).
 *
 * <p>The problems are made from the answers: for each assignment, everything that the three could
 * say; kept are those that only one assignment leads to. The verifier knows nothing of that: it
 * reads the prompt and tries all eight ({@link LogicSolver}). 10 % are held out, each with all its
 * twins: people renamed, sides of a statement swapped.
 *
 * <p>There is room to think: a guess, and for each of the three whether it fits, and another guess
 * if it does not: {@code [ABC+--Abc+++]Abc}. Half of the pupils of the cold-start corpus do that,
 * and check one time in ten carelessly; the others answer at once, {@code []Abc}. One guess in five
 * is meant to be right, the others are any of the eight.
 */
@Kind(value = "logic", description = "Knights and knaves: who of three people tells the truth?")
public final class Logic extends ListedTask {

  static final Vocabulary SYMBOLS = new Vocabulary("_$ABCabc01=#&|,?[]+-");
  private static final String PEOPLE = "ABC";
  private static final double HELD_OUT_SHARE = 0.1;
  private static final double RIGHT = 0.2;
  private static final double THINKS = 0.5;
  private static final double CARELESS = 0.1;
  private static final int TRIES = 2;
  private static final int WORLDS = 8;

  /** {@code B=0,}. */
  private static final int STATEMENT = 4;

  /** {@code [ABC+--Abc+++]Abc$}. */
  private static final int MAX_NEW_TOKENS = 18;

  private static final int[][] RENAMINGS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  /** Made once: comparing all puzzles under all names takes a third of a second. */
  private static final TrainTestSplit SPLIT =
      TrainTestSplit.of(allProblems(), HELD_OUT_SHARE, Logic::canonical);

  /** The task; all instances are alike. */
  public Logic() {
    super(SYMBOLS, SPLIT, Logic::canonical, MAX_NEW_TOKENS);
  }

  @Override
  public String demonstration(Problem problem, SplittableRandom random) {
    StringBuilder thought = new StringBuilder();
    String guess = guess(problem, random);
    if (Chance.of(THINKS, random)) {
      for (int attempt = 1; !check(problem, guess, thought, random) && attempt < TRIES; attempt++) {
        guess = guess(problem, random);
      }
    }
    return "[" + thought + "]" + guess;
  }

  private static String guess(Problem problem, SplittableRandom random) {
    return Chance.of(RIGHT, random) ? problem.answer() : text(random.nextInt(WORLDS));
  }

  /** Writes down a guess and, for each of the three, whether it fits; true if all do. */
  private static boolean check(
      Problem problem, String guess, StringBuilder thought, SplittableRandom random) {
    thought.append(guess);
    boolean all = true;
    for (int speaker = 0; speaker < PEOPLE.length(); speaker++) {
      boolean careless = Chance.of(CARELESS, random);
      boolean fits = LogicSolver.fits(problem.prompt(), guess, speaker) != careless;
      thought.append(fits ? '+' : '-');
      all &= fits;
    }
    return all;
  }

  @Override
  public String answerOf(Problem problem, String completion) {
    return ThoughtAndAnswer.of(completion).answer();
  }

  /** Right if it is the one assignment that fits, found by trying all. */
  @Override
  public boolean isCorrect(Problem problem, String completion) {
    return LogicSolver.solutions(problem.prompt()).equals(List.of(answerOf(problem, completion)));
  }

  /** Assignment {@code world}, bit {@code i} for person {@code i}: {@code Abc} for 1. */
  private static String text(int world) {
    StringBuilder text = new StringBuilder();
    for (int person = 0; person < PEOPLE.length(); person++) {
      char name = PEOPLE.charAt(person);
      text.append(isKnight(world, person) ? name : Character.toLowerCase(name));
    }
    return text.toString();
  }

  private static boolean isKnight(int world, int person) {
    return (world >> person & 1) == 1;
  }

  private static List<Problem> allProblems() {
    Map<String, Integer> worlds = new LinkedHashMap<>();
    for (int world = 0; world < WORLDS; world++) {
      List<List<String>> sayings = new ArrayList<>();
      for (int person = 0; person < PEOPLE.length(); person++) {
        sayings.add(sayings(world, person));
      }
      for (String a : sayings.get(0)) {
        for (String b : sayings.get(1)) {
          for (String c : sayings.get(2)) {
            worlds.merge(a + "," + b + "," + c + "?", world, (one, other) -> -1);
          }
        }
      }
    }
    List<Problem> problems = new ArrayList<>();
    worlds.forEach(
        (prompt, world) -> {
          if (world >= 0) {
            problems.add(new Problem(prompt, text(world)));
          }
        });
    return problems;
  }

  /** Everything that {@code speaker} can say: the truth for a knight, a lie for a knave. */
  private static List<String> sayings(int world, int speaker) {
    List<String> said = new ArrayList<>();
    boolean honest = isKnight(world, speaker);
    for (int x = 0; x < PEOPLE.length(); x++) {
      for (int y = 0; y < PEOPLE.length(); y++) {
        if (x != y) {
          boolean first = isKnight(world, x);
          boolean second = isKnight(world, y);
          String operators =
              ((first && second) == honest ? "&" : "")
                  + ((first || second) == honest ? "|" : "")
                  + ((first == second) == honest ? "=" : "#");
          for (char operator : operators.toCharArray()) {
            said.add("" + PEOPLE.charAt(x) + operator + PEOPLE.charAt(y));
          }
        }
      }
      if (x != speaker) {
        said.add(PEOPLE.charAt(x) + "=" + (isKnight(world, x) == honest ? 1 : 0));
      }
    }
    return said;
  }

  /** The least of all the forms that renaming the people gives, sides in order. */
  private static String canonical(Problem problem) {
    String least = "";
    for (int[] renaming : RENAMINGS) {
      char[] renamed = problem.prompt().toCharArray();
      for (int person = 0; person < PEOPLE.length(); person++) {
        String said = problem.prompt().substring(STATEMENT * person, STATEMENT * (person + 1));
        char x = renamed(said.charAt(0), renaming);
        char y = renamed(said.charAt(2), renaming);
        boolean swap = y >= 'A' && y < x;
        int place = STATEMENT * renaming[person];
        renamed[place] = swap ? y : x;
        renamed[place + 1] = said.charAt(1);
        renamed[place + 2] = swap ? x : y;
      }
      String form = new String(renamed);
      least = least.isEmpty() || form.compareTo(least) < 0 ? form : least;
    }
    return least;
  }

  private static char renamed(char name, int[] renaming) {
    int person = PEOPLE.indexOf(name);
    return person < 0 ? name : PEOPLE.charAt(renaming[person]);
  }
}
