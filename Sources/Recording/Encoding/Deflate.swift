import CZlib

/// zlib streams of known size.
enum Deflate {
  /// How the bytes are looked at before they are coded.
  enum Search {
    /// Only runs of one byte are found: fast, and as good as any for the bytes of measured numbers.
    case runs
    /// Anything that was there before, for text.
    case matches
  }

  /// The compressed bytes; nil where they would not be fewer.
  static func compress(_ bytes: UnsafeRawBufferPointer, _ search: Search) -> [UInt8]? {
    guard bytes.count > 1, bytes.count <= Int(UInt32.max) else { return nil }
    return withStream { stream in
      let (level, strategy) = search == .runs ? (1, Z_RLE) : (6, Z_DEFAULT_STRATEGY)
      guard
        deflateInit2_(
          stream, Int32(level), Z_DEFLATED, MAX_WBITS, 9, strategy, ZLIB_VERSION,
          Int32(MemoryLayout<z_stream>.size)) == Z_OK
      else { return nil }
      defer { deflateEnd(stream) }
      let room = bytes.count - 1
      var isDone = false
      let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
        feed(stream, bytes, buffer)
        isDone = deflate(stream, Z_FINISH) == Z_STREAM_END
        count = room - Int(stream.pointee.avail_out)
      }
      return isDone ? output : nil
    }
  }

  /// Fills `output` with what `bytes` were before; false where they are not a stream of exactly that many bytes.
  static func inflate(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableBufferPointer<UInt8>) -> Bool
  {
    guard bytes.count <= Int(UInt32.max), output.count <= Int(UInt32.max) else { return false }
    return withStream { stream in
      feed(stream, bytes, output)
      guard inflateInit_(stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        return false
      }
      defer { inflateEnd(stream) }
      return CZlib.inflate(stream, Z_FINISH) == Z_STREAM_END && stream.pointee.avail_out == 0
        && stream.pointee.avail_in == 0
    }
  }

  /// The most bytes that a stream of `count` bytes can hold; a claim of more is a lie.
  static func mostOutput(of count: Int) -> Int { count * 1_032 }

  private static func feed(
    _ stream: UnsafeMutablePointer<z_stream>, _ input: UnsafeRawBufferPointer,
    _ output: UnsafeMutableBufferPointer<UInt8>
  ) {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.baseAddress
    stream.pointee.avail_out = UInt32(output.count)
  }

  /// zlib keeps a pointer back to its stream, so the stream must not move.
  private static func withStream<Result>(_ body: (UnsafeMutablePointer<z_stream>) -> Result) -> Result {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    return body(stream)
  }
}

/// The CRC-32 of some bytes after those that gave `seed`.
func checksum(_ bytes: [UInt8], after seed: UInt32 = 0) -> UInt32 {
  bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32_z(UInt(seed), $0.baseAddress, $0.count)) }
}
