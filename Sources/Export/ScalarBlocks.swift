import Trace

/// The scalars of a whole recording, some thousand steps at a time, so that any length fits into memory.
struct ScalarBlocks: Sequence, IteratorProtocol {
  private static let blockSize = 8_192

  private let archive: any RunArchive
  private var start = 1

  init(_ archive: any RunArchive) { self.archive = archive }

  /// The next block, or why it cannot be read; nil at the end.
  mutating func next() -> Result<[StepScalars], any Error>? {
    guard start <= archive.lastStep else { return nil }
    let block = start...Swift.min(archive.lastStep, start + ScalarBlocks.blockSize - 1)
    start = block.upperBound + 1
    return Result { try archive.scalars(in: block, limit: ScalarBlocks.blockSize) }
  }
}
