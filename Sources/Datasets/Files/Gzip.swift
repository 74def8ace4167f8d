import CZlib
import Localization

/// Decompression of gzip bytes held in memory, with a ceiling on the output.
///
/// Source: RFC 1952. A file may hold several members one after the other, and zeros after the last.
public enum Gzip {
  /// Whether the bytes begin with the two of a gzip file.
  public static func isGzip(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }

  /// Decompresses all members of `bytes`.
  ///
  /// - Parameters:
  ///   - bytes: A whole gzip file.
  ///   - limit: The most bytes of output to accept; memory use stays within twice this.
  ///   - source: The name to put in an error.
  /// - Returns: The decompressed bytes.
  /// - Throws: `DatasetError.malformed` for damaged or truncated input,
  ///   `DatasetError.tooLarge` as soon as the output passes `limit`.
  public static func inflate(
    _ bytes: [UInt8], limit: Int, source: String
  ) throws(DatasetError) -> [UInt8] {
    let output = try InflateStream(bytes: bytes, source: source).output(atMost: limit)
    guard output.count <= limit else {
      throw .tooLarge(source: localized("\(source) (decompressed)"), bytes: output.count, limit: limit)
    }
    return output
  }

  /// Decompresses only the beginning of `bytes`, to look at a header before paying for the rest.
  ///
  /// - Parameters:
  ///   - bytes: A whole gzip file.
  ///   - count: How many bytes of output are wanted.
  ///   - source: The name to put in an error.
  /// - Returns: The first `count` decompressed bytes, or all of them if there are fewer.
  /// - Throws: `DatasetError.malformed` for damaged or truncated input.
  public static func prefix(
    of bytes: [UInt8], count: Int, source: String
  ) throws(DatasetError) -> [UInt8] {
    Array(try InflateStream(bytes: bytes, source: source).output(atMost: count).prefix(count))
  }
}

/// One pass of zlib over a gzip file.
private struct InflateStream {
  let bytes: [UInt8]
  let source: String

  private static let chunkSize = 64 * 1024
  /// zlib's code for "gzip wrapper only", added to the largest window.
  private static let gzipWindow = MAX_WBITS + 16

  /// Decompresses until the end, or until one byte past `limit`.
  func output(atMost limit: Int) throws(DatasetError) -> [UInt8] {
    guard Gzip.isGzip(bytes) else {
      throw defect(
        at: 0, expected: localized("the first bytes of a gzip file"),
        got: RecognizedFile(bytes)?.words ?? bytes.words)
    }
    // zlib keeps a pointer back to its stream, so the stream must not move.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer { stream.deallocate() }
    guard
      inflateInit2_(stream, Self.gzipWindow, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else {
      throw .cannotRead(source: source, reason: localized("zlib could not start (out of memory)"))
    }
    defer { inflateEnd(stream) }
    let result = bytes.withUnsafeBufferPointer { input in
      pump(stream, input: input, limit: limit)
    }
    return try result.get()
  }

  private func pump(
    _ stream: UnsafeMutablePointer<z_stream>, input: UnsafeBufferPointer<UInt8>, limit: Int
  ) -> Result<[UInt8], DatasetError> {
    var output: [UInt8] = []
    var consumed = 0
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.chunkSize) { chunk in
      while output.count <= limit {
        let offered = min(input.count - consumed, 1 << 30)
        let room = min(Self.chunkSize, limit - output.count + 1)
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: input.baseAddress?.advanced(by: consumed))
        stream.pointee.avail_in = UInt32(offered)
        stream.pointee.next_out = chunk.baseAddress
        stream.pointee.avail_out = UInt32(room)
        let status = CZlib.inflate(stream, Z_NO_FLUSH)
        consumed += offered - Int(stream.pointee.avail_in)
        output.append(contentsOf: chunk.prefix(room - Int(stream.pointee.avail_out)))

        switch status {
        case Z_STREAM_END:
          let rest = input[consumed...]
          if rest.allSatisfy({ $0 == 0 }) { return .success(output) }
          guard rest.starts(with: [0x1F, 0x8B]), inflateReset(stream) == Z_OK else {
            return .failure(
              defect(
                at: consumed, expected: localized("the end of the file"),
                got: localized("\(rest.count) bytes more")))
          }
        case Z_OK:
          break
        case Z_BUF_ERROR:
          return .failure(
            defect(
              at: consumed, expected: localized("more compressed bytes"),
              got: localized("the end of the file")))
        default:
          let reason = stream.pointee.msg.map { String(cString: $0) } ?? localized("zlib status \(status)")
          return .failure(defect(at: consumed, expected: localized("valid compressed data"), got: reason))
        }
      }
      return .success(output)
    }
  }

  private func defect(at offset: Int, expected: String, got: String) -> DatasetError {
    .malformed(
      FileDefect(
        .gzip, source: source, at: .byte(offset), expected: expected, got: got,
        advice: localized("The file is damaged or cut short; fetch it again.")))
  }
}
