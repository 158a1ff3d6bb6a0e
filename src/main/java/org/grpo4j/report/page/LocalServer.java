package org.grpo4j.report.page;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A server of HTTP for programs of this machine, one request a connection. The JDK's own drops a
 * connection above its slots without a word and has no time limit that a stream survives; here each
 * request has a slot, a time within which it must have come and one within which its answer must be
 * taken, and gets an answer whatever happens.
 */
final class LocalServer implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 128;
  private static final int MOST_REQUEST_MILLIS = 5000;
  private static final int MOST_GOODBYE_MILLIS = 500;
  private static final int MOST_LATE_BYTES = 1 << 20;
  private static final RefusedRequestException FULL =
      new RefusedRequestException(503, "Too many connections at once. Try again in a moment.");

  private final ServerSocket door;
  private final Site site;
  private final Semaphore slots = new Semaphore(MOST_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool(daemons());
  private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, daemons());

  /** The content of the server. */
  interface Site {

    /**
     * Answers a request.
     *
     * @throws RefusedRequestException if it is to be refused; nothing has been sent then
     */
    void answer(HttpRequest request, HttpAnswer answer) throws IOException;
  }

  /**
   * Begins to serve.
   *
   * @param port the port; 0 for any that is free
   * @throws IOException if the port is taken
   */
  LocalServer(int port, Site site) throws IOException {
    InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    this.door = new ServerSocket(port, MOST_CONNECTIONS, loopback);
    this.site = site;
    clock.setRemoveOnCancelPolicy(true);
    threads.execute(this::accept);
  }

  private static ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "grpo4j-serve");
      thread.setDaemon(true);
      return thread;
    };
  }

  int port() {
    return door.getLocalPort();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        open.add(socket);
        if (slots.tryAcquire()) {
          threads.execute(() -> serve(socket));
        } else {
          turnAway(socket);
        }
      } catch (IOException | RejectedExecutionException e) {
        // closed; or no file handle is free, until some connection ends
        pause();
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(MOST_GOODBYE_MILLIS / 10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A few bytes, which never wait; what the other side still sends is let come for a moment. */
  private void turnAway(Socket socket) throws IOException {
    ScheduledFuture<?> unused =
        clock.schedule(() -> end(socket), MOST_GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    new HttpAnswer(socket, clock).refuse(FULL);
    socket.shutdownOutput();
  }

  private void serve(Socket socket) {
    HttpAnswer answer = new HttpAnswer(socket, clock);
    try {
      try {
        Optional<HttpRequest> request = HttpRequest.read(socket, MOST_REQUEST_MILLIS);
        if (request.isPresent()) {
          site.answer(request.get(), answer);
        }
      } catch (RefusedRequestException refused) {
        answer.refuse(refused);
      }
      sayGoodbye(socket);
    } catch (IOException | RejectedExecutionException gone) {
      // whoever asked has left, or did not take the answer in time, or the server ends
    } finally {
      end(socket);
      slots.release();
    }
  }

  /** Closing with bytes unread would reset the connection, and the answer might be lost with it. */
  private static void sayGoodbye(Socket socket) throws IOException {
    socket.shutdownOutput();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_GOODBYE_MILLIS);
    socket.setSoTimeout(MOST_GOODBYE_MILLIS);
    InputStream in = socket.getInputStream();
    byte[] late = new byte[MOST_LATE_BYTES / 16];
    for (int i = 0; i < 16 && in.read(late) >= 0 && System.nanoTime() < end; i++) {
      // what comes too late is not looked at
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    close(socket);
  }

  static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone, then
    }
  }

  /** Ends all connections. */
  @Override
  public void close() {
    close(door);
    threads.shutdownNow();
    clock.shutdownNow();
    open.forEach(LocalServer::close);
  }
}
