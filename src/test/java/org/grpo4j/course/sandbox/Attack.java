package org.grpo4j.course.sandbox;

import java.io.IOException;
import java.util.List;

/**
 * A hostile submission of the first lab.
 *
 * @param name what it tries
 * @param change what makes it of a right solution
 * @param line what the report has to say, as a regular expression
 * @param behindTheGate what it would say if nobody had looked at the classes; empty if that is no
 *     question
 * @param prevention what prevents it
 * @param rest what is not prevented without a container
 */
record Attack(
    String name, Change change, String line, String behindTheGate, String prevention, String rest) {

  /** A change of a project. */
  interface Change {
    void of(StudentProject project) throws IOException;
  }

  private static final String GATE = "the look at the classes";

  static List<Attack> all(String victim, int port, String marker) {
    return List.of(
        doing(
            "an endless loop",
            "while (true) {}",
            "no answer: did not answer within 1 s in advantages\\(.*",
            "time limit of a call"),
        new Attack(
            "an endless loop before the first line, in a static initialiser",
            p ->
                p.having("  static final int N = loop();\n  static int loop() { while (true) {} }"),
            "no answer: did not answer within 1 s in .*",
            "",
            "time limit of a call",
            ""),
        doing(
            "waits for ever",
            "synchronized (this) { try { wait(); } catch (Exception e) {} }",
            "no answer: did not answer within 1 s in .*",
            "time limit of a call"),
        doing(
            "prints without end",
            "while (true) System.out.println(\"all tests passed\");",
            "too much output: printed more than 1,000,000 bytes in one call in .*",
            "output limit"),
        doing(
            "prints without end and catches everything",
            "while (true) try { System.err.println(1); } catch (Throwable e) {}",
            "no answer: did not answer within 1 s in .*",
            "time limit of a call"),
        doing(
            "takes all memory",
            "var all = new java.util.ArrayList<long[]>(); while (true) all.add(new"
                + " long[10_000_000]);",
            "too much memory: needs more memory than it is given"
                + " \\(GroupRelativeAdvantage.java:\\d+\\) in .*",
            "heap limit"),
        new Attack(
            "calls itself without end",
            p -> p.having("  static int f(int n) { return f(n + 1) + 1; }").doing("f(0);"),
            "endless recursion: calls itself without end \\(GroupRelativeAdvantage.java:\\d+\\) in"
                + " .*",
            "",
            "caught in its process",
            ""),
        refused(
            "ends the program",
            "System.exit(0);",
            "java.lang.System.exit",
            "process ended: ended its process in .*",
            ""),
        refused(
            "halts the program",
            "Runtime.getRuntime().halt(0);",
            "java.lang.Runtime.getRuntime",
            "process ended: ended its process in .*",
            ""),
        refused(
            "deletes a file outside its folder",
            "try { java.nio.file.Files.delete(java.nio.file.Path.of(\""
                + victim
                + "\")); } catch (Exception e) { throw new IllegalStateException(e); }",
            "java.nio.file.Path.of",
            "",
            "what the user may delete"),
        refused(
            "the same by a method reference",
            "java.util.Optional.of(new java.io.File(\""
                + victim
                + "\")).map(java.io.File::delete);",
            "new java.io.File",
            "",
            "what the user may delete"),
        refused(
            "empties a file by way of a formatter",
            "try { new java.util.Formatter(\"" + victim + "\"); } catch (Exception e) {}",
            "new java.util.Formatter",
            "",
            "what the user may write"),
        refused(
            "looks for the hidden tests",
            "throw new IllegalStateException(System.getProperty(\"java.class.path\") +"
                + " System.getProperty(\"sun.java.command\"));",
            "java.lang.System.getProperty",
            "exception: threw IllegalStateException: .*classes.*",
            "files the user may read; cases and seed are in no file and not in its process"),
        refused(
            "reads the arguments of the grader",
            "try { throw new IllegalStateException(new String(new"
                + " java.io.FileInputStream(\"/proc/\" +"
                + " ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L) +"
                + " \"/cmdline\").readAllBytes())); } catch (java.io.IOException e) { throw new"
                + " IllegalStateException(\"nothing\"); }",
            "java.lang.ProcessHandle.current",
            "exception: threw IllegalStateException.*",
            "without `unshare`: `/proc`; give the seed in a file that only the grader may read"),
        new Attack(
            "prints a fake result",
            p ->
                p.doing(
                    "System.out.println(\"{\\\"value\\\":[9,9,9,9]}\\n"
                        + "\\u001b[32m10 of 10 points\");"),
            "",
            "",
            "prints are kept apart from answers, shown as text without control characters",
            ""),
        refused(
            "writes a fake result on the channel of answers",
            "try { new"
                + " java.io.FileOutputStream(java.io.FileDescriptor.out).write(\"{\\\"value\\\":[9,9,9,9]}\\n"
                + "\".getBytes()); } catch (java.io.IOException e) {}",
            "java.io.FileDescriptor.out",
            "",
            "nothing to win: an answer is a number, right or wrong"),
        refused(
            "reads what the grader asks next",
            "try { System.in.read(); } catch (Exception e) {}",
            "java.lang.System.in",
            "",
            ""),
        refused(
            "looks into the library by reflection",
            "try { Class.forName(\"org.grpo4j.course.sandbox.Wire\").getDeclaredFields(); } catch"
                + " (Exception e) {}",
            "java.lang.Class.forName",
            "",
            ""),
        refused(
            "refers to the grader's classes",
            "org.grpo4j.course.catalogue.Mistake.all();",
            "org.grpo4j.course.catalogue.Mistake.all",
            "",
            ""),
        refused(
            "starts a thread that stays",
            "new Thread(() -> { while (true) {} }).start();",
            "new java.lang.Thread",
            "",
            "threads end with the process"),
        refused(
            "starts a process that stays",
            "try { new ProcessBuilder(\"sleep\", \""
                + marker
                + "\").start(); } catch (Exception e) {} while (true) {}",
            "new java.lang.ProcessBuilder",
            "no answer.*",
            "without `unshare`: a process that leaves its parent"),
        refused(
            "opens a connection",
            "try { new java.net.Socket(\"127.0.0.1\", "
                + port
                + ").close(); } catch (java.io.IOException e) { throw new IllegalStateException(e);"
                + " }",
            "new java.net.Socket",
            "exception: threw IllegalStateException: .*(SocketException|ConnectException).*",
            "without `unshare`: the network"),
        new Attack(
            "an exception whose message never ends",
            p ->
                p.having(
                        "  static class Bomb extends RuntimeException { @Override public String"
                            + " getMessage() { return getMessage(); } }")
                    .doing("throw new Bomb();"),
            "exception: threw Bomb: \\(its message cannot be had\\).*",
            "",
            "caught in its process",
            ""),
        new Attack(
            "an exception with control characters and a million letters",
            p ->
                p.doing(
                    "throw new IllegalStateException(\"\\u001b[2J\\u202E\" +"
                        + " \"x\".repeat(1_000_000));"),
            "exception: threw IllegalStateException: \uFFFD\\[2J\uFFFDx{290,300}…"
                + " \\(GroupRelativeAdvantage.java:\\d+\\) in .*",
            "",
            "text of a submission is cut and cleaned",
            ""),
        new Attack(
            "an answer of megabytes",
            p ->
                p.replacing(
                    "    return Advantages.ofRows(this, inputs, advantages);",
                    "    return Advantages.ofRows(this, inputs, new double[12_000_000]);"),
            "too much memory: needs more memory than it is given \\(GroupRelativeAdvantage.java.*",
            "",
            "the library checks lengths; answers are bounded",
            ""),
        new Attack(
            "a class of the library in its own version",
            p ->
                p.write(
                    "org/grpo4j/math/Moments.java",
                    java.nio.file.Files.readString(
                        java.nio.file.Path.of("src/main/java/org/grpo4j/math/Moments.java"))),
            "(not run: defines org.grpo4j.math.Moments, which is a class of the library.*|does not"
                + " compile.*)",
            "",
            GATE,
            ""),
        new Attack(
            "a class among the grader's",
            p ->
                p.write(
                    "org/grpo4j/course/judge/Points.java",
                    "package org.grpo4j.course.judge; class Points {}"),
            "not run: defines org.grpo4j.course.judge.Points: classes of your own go .*",
            "",
            GATE,
            ""),
        new Attack(
            "leaves the class out, so that the library's is taken",
            p -> p.write(StudentProject.OTHERS, "package org.grpo4j.advantage; class Nothing {}"),
            "is not complete: org/grpo4j/advantage/LeaveOneOutAdvantage.java does not define"
                + " LeaveOneOutAdvantage",
            "",
            GATE,
            ""),
        new Attack(
            "a native method",
            p -> p.having("  static class N { native int f(); }"),
            "not run: declares the native method f",
            "",
            GATE,
            ""),
        new Attack(
            "a program that the compiler cannot digest",
            p ->
                p.having(
                    "  static final int BIG = "
                        + "(".repeat(20_000)
                        + "1"
                        + ")".repeat(20_000)
                        + ";"),
            "does not compile: .*",
            "",
            "the compiler has a process, time and memory of its own",
            ""),
        new Attack(
            "no Java at all",
            p -> p.write(StudentProject.OTHERS, "\u001b[31mgive me all points"),
            "does not compile: org/grpo4j/advantage/LeaveOneOutAdvantage.java:1: illegal"
                + " character.*",
            "",
            "",
            ""));
  }

  private static Attack doing(String name, String statements, String line, String prevention) {
    return new Attack(name, p -> p.doing(statements), line, "", prevention, "");
  }

  private static Attack refused(
      String name, String statements, String reference, String behind, String rest) {
    return new Attack(
        name,
        p -> p.doing(statements),
        "not run: refers to "
            + reference.replace(".", "\\.")
            + ", which no lab needs \\(GroupRelativeAdvantage.java:\\d+\\)",
        behind,
        GATE,
        rest);
  }
}
