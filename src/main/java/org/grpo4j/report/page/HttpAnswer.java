package org.grpo4j.report.page;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The way back to whoever asked; the connection ends with the answer. */
final class HttpAnswer {

  /** Of headers that hold for every answer; the page brings its own policy besides. */
  private static final String SECURE =
      """
      X-Content-Type-Options: nosniff
      Referrer-Policy: no-referrer
      Cache-Control: no-store
      Cross-Origin-Resource-Policy: same-origin
      Cross-Origin-Opener-Policy: same-origin
      X-Frame-Options: DENY
      Connection: close
      """;

  private static final String NOTHING_ALLOWED = "default-src 'none'; ";
  private static final int MOST_WRITE_SECONDS = 5;
  private static final int PAUSE_MILLIS = 250;

  private final Socket socket;
  private final ScheduledExecutorService clock;

  /**
   * @param clock closes the connection if the other side does not take what it is sent
   */
  HttpAnswer(Socket socket, ScheduledExecutorService clock) {
    this.socket = socket;
    this.clock = clock;
  }

  /** Sends a page. */
  void send(String html) throws IOException {
    send(200, "html", html, "");
  }

  /** Sends a status and a sentence. */
  void refuse(RefusedRequestException refused) throws IOException {
    String more =
        switch (refused.status()) {
          case 405 -> "Allow: GET\n";
          case 503 -> "Retry-After: 2\n";
          default -> "";
        };
    send(refused.status(), "plain", refused.getMessage() + "\n", more);
  }

  private void send(int status, String kind, String text, String more) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    begin(status, kind, "Content-Length: " + body.length + "\n" + more);
    write(body);
  }

  /** Begins an answer that goes on: a stream of events. */
  void beginEvents() throws IOException {
    begin(200, "event-stream", "");
  }

  private void begin(int status, String kind, String more) throws IOException {
    String policy = (kind.equals("html") ? "" : NOTHING_ALLOWED) + "frame-ancestors 'none'";
    String head =
        "HTTP/1.1 %d %s\nContent-Type: text/%s; charset=utf-8\nContent-Security-Policy: %s\n%s%s\n"
            .formatted(status, status == 200 ? "OK" : "", kind, policy, SECURE, more);
    write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends a piece of text. */
  void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(byte[] bytes) throws IOException {
    ScheduledFuture<?> limit =
        clock.schedule(() -> LocalServer.close(socket), MOST_WRITE_SECONDS, TimeUnit.SECONDS);
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } finally {
      limit.cancel(false);
    }
  }

  /** Waits a moment; whether the other side left meanwhile. It has nothing more to say. */
  boolean isUnwanted() {
    try {
      socket.setSoTimeout(PAUSE_MILLIS);
      socket.getInputStream().read();
      return true;
    } catch (SocketTimeoutException stillThere) {
      return false;
    } catch (IOException gone) {
      return true;
    }
  }
}
