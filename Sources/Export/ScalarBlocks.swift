import Trace

/// The scalars of a whole recording, some thousand steps at a time, so that any length fits into memory.
struct ScalarBlocks: Sequence, IteratorProtocol {
  private static let blockSize = 8_192

  private let archive: any RunArchive
  private var shown = 0

  init(_ archive: any RunArchive) { self.archive = archive }

  /// The next block, or why it cannot be read; nil at the end.
  mutating func next() -> Result<[StepScalars], any Error>? {
    // Steps that a file names without numbers of them are not gone through.
    let next = Result { try archive.stepsWithNumbers(after: shown, limit: ScalarBlocks.blockSize) }
    switch next {
    case .success(nil): return nil
    case .success(let steps?):
      shown = steps.upperBound
      return Result {
        try WorkProgress.reached(steps.lowerBound, of: archive.lastStep)
        return try archive.scalars(in: steps, limit: steps.count)
      }
    case .failure(let error): return .failure(error)
    }
  }
}

extension ScalarBlocks {
  /// **Units**: bytes that are collected of a block before they are written: a block may have many rows.
  private static let pieceSize = 1 << 20

  /// Writes what each row becomes, a block or a large part of it at a time.
  ///
  /// - Throws: what reading the recording, `bytes` or `write` throws.
  static func write(
    _ archive: any RunArchive, _ write: ExportFormat.Output, _ bytes: (StepScalars) throws -> [UInt8]
  ) throws {
    for block in ScalarBlocks(archive) {
      var piece: [UInt8] = []
      for row in try block.get() {
        piece += try bytes(row)
        guard piece.count >= pieceSize else { continue }
        try write(piece)
        piece.removeAll(keepingCapacity: true)
      }
      if !piece.isEmpty { try write(piece) }
    }
  }
}
