package org.grpo4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A page under attack: whatever it does that it should not, and what it is made of. */
final class HostilePage {

  /**
   * Opens everything, presses what can be pressed, and tells the names of elements and attributes.
   */
  private static final String LOOK =
      """
      async () => {
        const names = new Set();
        const look = () => {
          for (const element of document.querySelectorAll('*')) {
            names.add('<' + element.localName + '>');
            element.getAttributeNames().forEach(name => names.add(name));
          }
        };
        const pause = () => new Promise(done => setTimeout(done, 0));
        const press = async (selector, most) => {
          for (let i = 0; i < most; i++) {
            const element = document.querySelectorAll(selector)[i];
            if (!element) return;
            element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
            await pause();
          }
          look();
        };
        const open = () => document.querySelectorAll('details').forEach(one => (one.open = true));
        open();
        for (const option of document.querySelectorAll('#quantity option')) {
          const select = document.querySelector('#quantity');
          select.value = option.value;
          select.dispatchEvent(new Event('change', { bubbles: true }));
          await press('.token', 3);
        }
        await press('.num', 20);
        await press('g.pick', 5);
        await press('[data-testid=duplicate], [data-testid=drop]', 3);
        await press('.note-button', 5);
        open();
        look();
        return [...names].sort();
      }
      """;

  private static final String MISSING =
      """
      list => {
        const whole = text => text.replace(/\\p{Surrogate}/gu, '\\ufffd');
        const text = whole((document.body || document.documentElement).textContent);
        const shown = codes => text.includes(whole(String.fromCharCode(...codes)));
        return list.map((codes, i) => [codes, i]).filter(([codes]) => !shown(codes)).map(([, i]) => i);
      }
      """;

  private static final String GLOBALS =
      "() => [Object.getOwnPropertyNames(Object.prototype), [...document.links].map(a =>"
          + " a.protocol), typeof window.pwned, document.querySelector('meta[http-equiv]').content]"
          + ".map(one => JSON.stringify([one].flat().filter((x, i, all) => all.indexOf(x) === i)))";

  private final Page page;
  private final String address;
  private final List<String> complaints = new ArrayList<>();

  /** Begins to watch {@code page}, and goes to {@code address}. */
  HostilePage(Page page, String address) {
    this.page = page;
    this.address = address;
    BrowserContext context = page.context();
    page.onConsoleMessage(message -> complaints.add("console: " + message.text()));
    page.onPageError(error -> complaints.add("error: " + error));
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    context.onPage(other -> complaints.add("window: " + other.url()));
    page.onRequest(
        request -> {
          if (!request.url().equals(address) && !request.url().startsWith(address + "events?")) {
            complaints.add("request: " + request.url());
          }
        });
    page.navigate(address);
  }

  /** The names of the elements and attributes of the page, once everything is open. */
  @SuppressWarnings("unchecked")
  Set<String> names() {
    return new TreeSet<>((List<String>) page.evaluate(LOOK));
  }

  /** What must be the same whatever the data are: prototypes, links, globals, the policy. */
  @SuppressWarnings("unchecked")
  List<String> surroundings() {
    return (List<String>) page.evaluate(GLOBALS);
  }

  /** Fails unless all of these can be read in the page; half a character no file can hold. */
  void assertShows(String place, List<String> texts) {
    Object missing =
        page.evaluate(MISSING, texts.stream().map(text -> text.chars().boxed().toList()).toList());
    List<String> first =
        ((List<?>) missing).stream().map(i -> texts.get(((Number) i).intValue())).limit(3).toList();
    assertTrue(
        first.isEmpty(),
        () ->
            place
                + " does not show "
                + ((List<?>) missing).size()
                + " of "
                + texts.size()
                + ", the first of them: "
                + first);
  }

  void assertHarmless() {
    assertEquals(List.of(), complaints.stream().distinct().limit(5).toList());
    assertEquals(address, page.url().replaceAll("#.*", ""));
  }
}
