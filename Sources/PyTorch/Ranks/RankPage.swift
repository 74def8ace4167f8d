import Foundation
import SystemCalls

/// The page of memory that the ranks share, as this program sees it: a file in a private folder.
///
/// Each rank writes its progress. This program writes which ranks may continue; `gate.py` describes the layout.
final class RankPage: Sendable {
  /// The most ranks.
  static let mostSlots = 1_024

  /// Where the file is.
  let path: String
  private let descriptor: Int32
  private let folder: PrivateFolder

  /// A page that lets every rank continue.
  ///
  /// - Throws: ``ProbeError/cannotLay(folder:reason:)``.
  init(in folder: PrivateFolder) throws(ProbeError) {
    self.folder = folder
    path = folder.path + "/ranks"
    descriptor = openFile(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    let size = RankPage.cell(RankPage.mostSlots, 0) * 8
    guard descriptor >= 0, ftruncate(descriptor, size) == 0 else {
      throw .cannotLay(folder: folder.path, reason: ChildProcess.reason(errno))
    }
    open()
  }

  deinit { close(descriptor) }

  /// Lets every rank continue.
  func open() { write(limit: .max, leader: -1) }

  /// Lets the others follow one rank.
  func lead(_ slot: Int) { write(limit: 0, leader: slot) }

  /// Holds all ranks after the next step that none of them has begun.
  func holdAll() {
    let begun = (0..<RankPage.mostSlots).map { read(RankPage.cell($0, 0)) }
    write(limit: (begun.max() ?? 0) + 1, leader: -1)
  }

  /// A cell of a rank: two come before those of the first, and each has four.
  private static func cell(_ slot: Int, _ place: Int) -> Int { 2 + 4 * slot + place }

  private func write(limit: Int, leader: Int) {
    let cells = [Int64(limit), Int64(leader)]
    _ = cells.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  private func read(_ cell: Int) -> Int {
    var number: Int64 = 0
    _ = withUnsafeMutableBytes(of: &number) { pread(descriptor, $0.baseAddress, 8, 8 * cell) }
    return Int(number)
  }
}
