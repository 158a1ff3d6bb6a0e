package org.grpo4j.reliability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file of a {@link Medium}. */
final class FaultyChannel extends FileChannel {

  private final Medium medium;
  private final Path file;
  private final FileChannel real;

  FaultyChannel(Medium medium, Path file, FileChannel real) {
    this.medium = medium;
    this.file = file;
    this.real = real;
    medium.opened(real);
  }

  /** Writes bytes somewhere. */
  private interface Piece {
    int write() throws IOException;
  }

  private int write(ByteBuffer source, Piece piece) throws IOException {
    int end = source.limit();
    Medium.Verdict verdict = medium.write(file, source.remaining());
    source.limit(source.position() + verdict.bytes());
    int written = verdict.bytes() == 0 ? 0 : piece.write();
    source.limit(end);
    verdict.raise();
    return written;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return write(source, () -> real.write(source));
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return write(source, () -> real.write(source, position));
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long written = 0;
    for (int i = offset; i < offset + length; i++) {
      written += write(sources[i]);
    }
    return written;
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    if (size < real.size()) {
      medium.truncate(file, size);
    }
    real.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    medium.sync(file);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    real.close();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return real.read(target);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return real.read(targets, offset, length);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return real.read(target, position);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return real.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException("nothing here writes so");
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return real.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }
}
