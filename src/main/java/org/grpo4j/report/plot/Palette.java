package org.grpo4j.report.plot;

/**
 * Colours by class name, {@code s0} for the first series. They are those of Okabe and Ito (2008),
 * which readers with any common form of colour blindness can tell apart, in a lighter set for dark
 * ground. From the eighth series on the colours come again with dashed lines.
 */
public final class Palette {

  private static final int COLOURS = 7;

  /** The style sheet of all plots. */
  public static final String CSS =
      """
      .plot{--ink:#1f2328;--faint:#59636e;--grid:#e3e6ea;--paper:#ffffff;\
      --c0:#0072b2;--c1:#d55e00;--c2:#009e73;--c3:#b5528c;--c4:#b07d00;--c5:#3f9bd1;--c6:#000000}
      @media (prefers-color-scheme:dark){.plot{--ink:#e6e9ec;--faint:#9aa4af;--grid:#2c333b;\
      --paper:#14181d;--c0:#56b4e9;--c1:#f5904d;--c2:#2fc79a;--c3:#e29cc4;--c4:#f0c04a;\
      --c5:#9cc9ff;--c6:#f4f4f4}}
      .plot text{fill:var(--ink);font:13px system-ui,-apple-system,"Segoe UI",sans-serif}
      .plot .title{font-size:15px;font-weight:600}
      .plot .faint{fill:var(--faint);font-size:12px}
      .plot .grid{stroke:var(--grid);stroke-width:1}
      .plot .axis{stroke:var(--faint);stroke-width:1}
      .plot .line{fill:none;stroke-width:2;stroke-linejoin:round}
      .plot .thin{stroke-width:1;opacity:.45}
      .plot .band{stroke:none;opacity:.17}
      .plot .dashed{stroke-dasharray:6 4}
      .plot .paper{fill:var(--paper)}
      .plot .s0{stroke:var(--c0)}.plot .f0{fill:var(--c0)}
      .plot .s1{stroke:var(--c1)}.plot .f1{fill:var(--c1)}
      .plot .s2{stroke:var(--c2)}.plot .f2{fill:var(--c2)}
      .plot .s3{stroke:var(--c3)}.plot .f3{fill:var(--c3)}
      .plot .s4{stroke:var(--c4)}.plot .f4{fill:var(--c4)}
      .plot .s5{stroke:var(--c5)}.plot .f5{fill:var(--c5)}
      .plot .s6{stroke:var(--c6)}.plot .f6{fill:var(--c6)}
      """;

  private Palette() {}

  /** Class of the line of series {@code index}. */
  static String stroke(int index) {
    return "s" + index % COLOURS + (index % (2 * COLOURS) >= COLOURS ? " dashed" : "");
  }

  /** Class of an area of series {@code index}. */
  static String fill(int index) {
    return "f" + index % COLOURS;
  }
}
