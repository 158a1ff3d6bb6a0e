package org.grpo4j.report.page;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.grpo4j.experiment.files.RunDirectory;

/**
 * Shows a page at {@code /}: that of a run while it trains, with what is new as server-sent events
 * at {@code /events}, or one that needs nothing more. There are no other addresses, nothing of an
 * address is ever part of a file name, and only programs of this machine can connect.
 *
 * <p>The {@code Host} header must name this machine too: a page from elsewhere, whose name an
 * attacker points at 127.0.0.1, gets nothing. Nor does a page from elsewhere that asks by script,
 * frame or picture; a link that leads here is followed.
 */
public final class LiveServer implements AutoCloseable {

  private static final String PAGE = "/";
  private static final String EVENTS = "/events";

  /** Pages that are being made or sent: each may take some megabytes. */
  private static final int MOST_PAGES = 8;

  private static final int MOST_STREAMS = 32;

  private final Page page;
  private final Optional<Events> events;
  private final LocalServer server;
  private final Semaphore pages = new Semaphore(MOST_PAGES);
  private final Semaphore streams = new Semaphore(MOST_STREAMS);

  /** The text of a page. */
  private interface Page {
    String html() throws IOException;
  }

  /** The news that a page is told afterwards. */
  private interface Events {
    void send(String query, HttpAnswer answer) throws IOException;
  }

  /**
   * Begins to serve a run.
   *
   * @param port the port; 0 for any that is free
   * @throws IOException if the port is taken
   */
  public LiveServer(RunDirectory run, int port) throws IOException {
    this(
        () -> ReportPage.live(run, EVENTS),
        Optional.of((query, answer) -> new EventStream(run, query).send(answer)),
        port);
  }

  private LiveServer(Page page, Optional<Events> events, int port) throws IOException {
    this.page = page;
    this.events = events;
    this.server = new LocalServer(port, this::answer);
  }

  /** Begins to serve a page that asks for nothing more. */
  public static LiveServer of(String html, int port) throws IOException {
    return new LiveServer(() -> html, Optional.empty(), port);
  }

  /** The port it listens at. */
  public int port() {
    return server.port();
  }

  /** The address of the page. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port() + PAGE);
  }

  private void answer(HttpRequest request, HttpAnswer answer) throws IOException {
    check(request);
    boolean isPage = PAGE.equals(request.path());
    Semaphore slots = isPage ? pages : streams;
    if (!slots.tryAcquire()) {
      throw new RefusedRequestException(
          503,
          (isPage ? "Too many pages" : "Too many open pages ask for events")
              + " at once. Close some, or try again in a moment.");
    }
    try {
      if (isPage) {
        answer.send(page());
      } else {
        answer.beginEvents();
        events.orElseThrow().send(request.query(), answer);
      }
    } finally {
      slots.release();
    }
  }

  /** The page, or what keeps it from being made. */
  private String page() throws RefusedRequestException {
    try {
      return page.html();
    } catch (IOException | RuntimeException e) {
      throw new RefusedRequestException(500, "The page cannot be made.\n" + e.getMessage());
    } catch (OutOfMemoryError e) {
      throw new RefusedRequestException(
          500, "The page cannot be made: it takes more memory than there is.");
    }
  }

  private void check(HttpRequest request) throws RefusedRequestException {
    List<String> hosts = request.header("host");
    if (hosts.size() != 1 || !names().contains(hosts.get(0))) {
      throw new RefusedRequestException(403, "This address is not served here.");
    }
    if (!request.method().equals("GET")) {
      throw new RefusedRequestException(405, "Only GET.");
    }
    boolean isEvents = EVENTS.equals(request.path()) && events.isPresent();
    if (!PAGE.equals(request.path()) && !isEvents) {
      throw new RefusedRequestException(404, "There is nothing here.");
    }
    if (!isOwn(request) && !(PAGE.equals(request.path()) && isFollowedLink(request))) {
      throw new RefusedRequestException(403, "Not for pages from elsewhere.");
    }
  }

  private List<String> names() {
    return List.of("127.0.0.1:" + port(), "localhost:" + port());
  }

  /** Whether the page itself asks, or a program that says nothing of pages. */
  private boolean isOwn(HttpRequest request) {
    List<String> origins = names().stream().map(name -> "http://" + name).toList();
    return origins.containsAll(request.header("origin"))
        && List.of("same-origin", "none").containsAll(request.header("sec-fetch-site"));
  }

  /** Whether somebody came here by a link of another page, in a window of its own. */
  private static boolean isFollowedLink(HttpRequest request) {
    return request.header("origin").isEmpty()
        && request.header("sec-fetch-mode").equals(List.of("navigate"))
        && request.header("sec-fetch-dest").equals(List.of("document"));
  }

  /** Ends all connections. */
  @Override
  public void close() {
    server.close();
  }
}
