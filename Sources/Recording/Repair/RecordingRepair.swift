import Foundation
import GRDB
import Localization
import Trace

/// What a repair kept of a recording, and what it lost.
package struct RepairReport: Sendable, Equatable {
  /// What is in the recording that was written.
  package var kept: RecordingCheck
  /// What was lost, a sentence each.
  package var losses: [String]
}

/// Writes a sound recording with everything that a damaged one still has.
package struct RecordingRepair: Sendable {
  /// How often rows that are not sound are taken out: once is usual, and each time takes out many.
  private static let roundLimit = 64

  private let path: String
  private let stateHash: (@Sendable (StateSnapshot) -> UInt64)?

  /// A repair of the file at `path`, which is only read.
  ///
  /// - Parameters:
  ///   - path: The damaged recording.
  ///   - stateHash: The hash of a keyframe's values; nil to leave them unproved.
  package init(path: String, stateHash: (@Sendable (StateSnapshot) -> UInt64)? = nil) {
    self.path = path
    self.stateHash = stateHash
  }

  /// Writes what can be saved into another file, or in the damaged one's place where that is its own path.
  ///
  /// - Parameters:
  ///   - output: The path to write.
  ///   - replacing: Whether a file there may go.
  /// - Returns: What was kept, and what was lost.
  /// - Throws: `RecordingError`; nothing is written then.
  package func write(to output: String, replacing: Bool) throws -> RepairReport {
    guard !WriterLock.isHeld(recording: path) else { throw RecordingError.busy(path: path, process: nil) }
    let recording = try open()
    let target = RecordingFile(path: output)
    if !replacing, target.identity != nil { throw RecordingError.exists(path: output) }
    let lock = try WriterLock(recording: output)
    defer { withExtendedLifetime(lock) {} }
    // Until it is whole it has another name, so that a repair that fails leaves everything as it was.
    let part = try FileExchange.makePart(of: target)
    do {
      let report = try write(part, recording)
      try FileExchange(part: part, target: target, replacing: replacing).run()
      return report
    } catch {
      part.remove()
      throw error as? RecordingError ?? .cannotWrite(path: output, reason: reasonOf(error))
    }
  }

  /// What a repair would keep and lose, without writing it where anybody finds it.
  ///
  /// - Throws: `RecordingError` where nothing can be saved.
  package func preview() throws -> RepairReport {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tapedeck-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw RecordingError.cannotWrite(path: folder.path(percentEncoded: false), reason: reasonOf(error))
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    return try write(to: folder.appending(path: "preview").path(percentEncoded: false), replacing: false)
  }

  /// The recording, where it can be opened.
  ///
  /// - Throws: `RecordingError` for a file that no repair may touch.
  private func open() throws -> RecordingReader? {
    do { return try RecordingReader(path: path) } catch let error as RecordingError {
      switch error {
      case .laterVersion, .cannotRead: throw error
      default: return nil
      }
    }
  }

  private func write(_ part: RecordingFile, _ recording: RecordingReader?) throws -> RepairReport {
    let pages = try PageFile(path: path)
    let salvage = Salvage(pages, recording)
    guard salvage.holdsARun else {
      if pages.byteCount == 0 { throw RecordingError.empty(path: path) }
      throw RecordingError.beyondRepair(
        path: path,
        got: pages.hasMark
          ? localized("a database without one")
          : localized("\(pages.byteCount) bytes that are not a database"))
    }
    let writer = try RepairWriter(part)
    let insertion = try writer.insert(salvage)
    var losses = salvage.losses + insertion.losses
    if !insertion.knowsOrigin {
      losses.append(
        localized("What was run is lost: its settings and its data, so that no step can be run again."))
    }
    let count = try writer.addKeyframesOfArrays()
    if count > 0 {
      losses.append(
        count == 1
          ? localized("The settings of 1 keyframe are lost; the initial ones take their place.")
          : localized("The settings of \(count) keyframes are lost; the initial ones take their place."))
    }
    var (gaps, end): ([ClosedRange<Int>], Int?) = ([], nil)
    // Leaving a row out may show that another has lost its partner.
    for _ in 0..<RecordingRepair.roundLimit {
      var checker = Checker(try RecordingReader(path: part.path), stateHash: stateHash)
      checker.run(pages: false)
      (gaps, end) = (checker.check.gaps, checker.check.steps?.upperBound)
      for finding in checker.findings where finding.rows != .none && !losses.contains(finding.sentence) {
        losses.append(finding.sentence)
      }
      guard try writer.leaveOut(checker.findings) else { break }
    }
    losses += gaps.map { gap in
      gap.count == 1
        ? localized("The numbers of step \(gap.lowerBound) are lost.")
        : localized("The numbers of steps \(gap.lowerBound) to \(gap.upperBound) are lost.")
    }
    if let last = gaps.last, last.upperBound == end { try writer.unfinish() }
    try writer.note(losses)
    try writer.close()
    let reader = try RecordingReader(path: part.path)
    return RepairReport(kept: reader.check(stateHash: stateHash), losses: losses)
  }
}

extension Salvage {
  /// Whether there is anything of a run.
  var holdsARun: Bool {
    [Schema.about, Schema.scalars, Schema.keyframes, Schema.hashes].contains {
      !(rows[$0.name] ?? []).isEmpty
    }
  }

  /// What could not be read at all, a sentence each.
  var losses: [String] {
    var losses: [String] = []
    if lostPages > 0 {
      losses.append(
        lostPages == 1
          ? localized("1 page of its tables is missing or cannot be read.")
          : localized("\(lostPages) pages of its tables are missing or cannot be read."))
    }
    if lostRows > 0 {
      losses.append(
        lostRows == 1
          ? localized("1 row of its tables cannot be read.")
          : localized("\(lostRows) rows of its tables cannot be read."))
    }
    return losses
  }
}

extension RepairWriter.Insertion {
  /// What fits no table, a sentence each.
  var losses: [String] {
    leftOut.map { table, count in
      count == 1
        ? localized(
          "1 row of '\(table)' cannot be kept: expected rows that fit the table, each of another number, got others."
        )
        : localized(
          "\(count) rows of '\(table)' cannot be kept: expected rows that fit the table, each of another number, got others."
        )
    }
  }
}
