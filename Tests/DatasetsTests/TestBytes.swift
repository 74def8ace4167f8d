import CZlib
import Datasets
import Testing

/// An IDX image file whose pixels count upwards.
func idxImageBytes(count: Int, rows: Int, columns: Int) -> [UInt8] {
  bigEndianBytes([2051, UInt32(count), UInt32(rows), UInt32(columns)])
    + (0..<count * rows * columns).map { UInt8(truncatingIfNeeded: $0) }
}

/// An IDX label file.
func idxLabelBytes(_ labels: [UInt8]) -> [UInt8] {
  bigEndianBytes([2049, UInt32(labels.count)]) + labels
}

/// The words' bytes, the most significant first.
func bigEndianBytes(_ words: [UInt32]) -> [UInt8] {
  words.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
}

/// The bytes compressed as one gzip member.
func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
  var stream = z_stream()
  try #require(
    deflateInit2_(
      &stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)) == Z_OK)
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
  let room = output.count
  let status = input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(room)
      return deflate(&stream, Z_FINISH)
    }
  }
  try #require(status == Z_STREAM_END)
  return Array(output.prefix(room - Int(stream.avail_out)))
}

/// The error a call throws, or `nil` if it returns.
func datasetError(_ body: () throws -> some Any) -> DatasetError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? DatasetError
  }
}

extension DatasetError {
  /// The defect this error carries, if it is about the content of a file.
  var defect: FileDefect? {
    switch self {
    case .malformed(let defect), .unsupported(let defect), .unsuitable(let defect): defect
    default: nil
    }
  }
}
