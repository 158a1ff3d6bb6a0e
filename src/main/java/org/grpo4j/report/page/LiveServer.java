package org.grpo4j.report.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.grpo4j.experiment.files.RunDirectory;

/**
 * Shows a run while it trains: the report at {@code /}, and what is new as server-sent events at
 * {@code /events}. There are no other addresses, nothing of an address is ever part of a file name,
 * and only programs of this machine can connect.
 *
 * <p>The {@code Host} header must name this machine too: a page from elsewhere, whose name an
 * attacker points at 127.0.0.1, gets nothing.
 */
public final class LiveServer implements AutoCloseable {

  private static final String PAGE = "/";
  private static final String EVENTS = "/events";
  private static final int MOST_CONNECTIONS = 32;
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  private final RunDirectory run;
  private final HttpServer server;
  private final ExecutorService threads;

  private LiveServer(RunDirectory run, HttpServer server, ExecutorService threads) {
    this.run = run;
    this.server = server;
    this.threads = threads;
  }

  /**
   * Begins to serve.
   *
   * @param port the port; 0 for any that is free
   * @throws IOException if the port is taken
   */
  public static LiveServer start(RunDirectory run, int port) throws IOException {
    InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            0,
            MOST_CONNECTIONS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "grpo4j-serve");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    LiveServer server = new LiveServer(run, http, threads);
    http.setExecutor(threads);
    http.createContext(PAGE, server::answer);
    http.start();
    return server;
  }

  /** The port it listens at. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The address of the page. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port() + PAGE);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      secure(exchange.getResponseHeaders());
      String path = exchange.getRequestURI().getPath();
      if (!isThisMachine(exchange.getRequestHeaders())) {
        send(exchange, FORBIDDEN, "text/plain", "This address is not served here.\n");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        send(exchange, METHOD_NOT_ALLOWED, "text/plain", "Only GET.\n");
      } else if (PAGE.equals(path)) {
        send(exchange, OK, "text/html", ReportPage.live(run, EVENTS));
      } else if (EVENTS.equals(path)) {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.sendResponseHeaders(OK, 0);
        EventStream.of(run, exchange.getRequestURI().getQuery())
            .send(exchange.getResponseBody(), () -> threads.isShutdown());
      } else {
        send(exchange, NOT_FOUND, "text/plain", "There is nothing here.\n");
      }
    }
  }

  private boolean isThisMachine(Headers headers) {
    List<String> hosts = headers.getOrDefault("Host", List.of());
    return hosts.size() == 1
        && List.of("127.0.0.1:" + port(), "localhost:" + port()).contains(hosts.get(0));
  }

  /** The page brings its own policy; this one holds for every answer. */
  private static void secure(Headers headers) {
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Content-Security-Policy", "frame-ancestors 'none'");
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Ends all connections. */
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
