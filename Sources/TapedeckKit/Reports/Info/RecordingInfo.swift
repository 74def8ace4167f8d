import Foundation
import Localization
import Recording
import Trace
import Training

/// What is in a recording, whether it is intact, and how far it can be replayed here.
package struct RecordingInfo {
  /// The recording.
  package let path: String
  /// What was run; nil if the file does not say.
  package let origin: RunOrigin?
  /// What is in the file, or what a repair would save of one that cannot be opened.
  package let check: RecordingCheck?
  /// Why it cannot be opened, as a sentence; nil where it can.
  package let obstacle: String?
  /// How far it can be run again here.
  package let recomputability: Recomputability
  /// Which steps were run again here, and whether they gave the same bits.
  package let proof: ReplayProof

  /// Whether nothing is wrong with the file.
  package var isSound: Bool { obstacle == nil && check?.isSound == true }

  /// Reads a recording.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - run: How its experiment is made again.
  ///   - all: Whether all of its steps are run again, and not only some.
  /// - Throws: `RecordingError` if the file is not a recording, is of a later version, or cannot be read.
  package init(_ path: String, _ run: ReplayedRun, all: Bool) throws {
    self.path = path
    let reader: RecordingReader
    do { reader = try RecordingReader(path: path) } catch let error as RecordingError {
      guard let (kept, sentence) = try RecordingInfo.preview(path, error) else { throw error }
      (origin, check, obstacle) = (nil, kept, sentence)
      let reason = localized("It cannot be opened as it is; 'tapedeck repair' saves what can be read.")
      (recomputability, proof) = (.nothing(reason: reason), .none(reason: reason))
      return
    }
    origin = reader.origin
    obstacle = nil
    check = reader.check { $0.hashOfValues }
    let recorded = try run.recorded(reader)
    recomputability = recorded.recomputability
    do {
      proof = try ReplayProof.find(recorded, hashes: (try? reader.stateHashes()) ?? [], all: all)
    } catch {
      proof = .none(reason: localized("running it again fails: \(error)"))
    }
  }

  /// What a repair would save of a file that cannot be opened, and why it cannot; nil where it is not a damaged recording.
  ///
  /// - Throws: what a repair throws, but for a file of which nothing can be saved.
  private static func preview(
    _ path: String, _ error: RecordingError
  ) throws -> (RecordingCheck?, String)? {
    func kept() throws -> RecordingCheck? {
      let repair = RecordingRepair(path: path) { $0.hashOfValues }
      do { return try repair.preview().kept } catch RecordingError.beyondRepair { return nil }
    }
    switch error {
    case .damaged(let defect): return (try kept(), "\(defect).")
    case .notARecording(let path, let got):
      return try kept().map {
        ($0, localized("\(path) is damaged in its header: expected a SQLite database, got \(got)."))
      }
    default: return nil
    }
  }
}

extension RecordingFiles {
  /// Writes what can be saved of a damaged recording into another file.
  ///
  /// - Parameters:
  ///   - path: The damaged recording, which is left as it is unless it is itself the file to write.
  ///   - output: The file to write; nil for a name like the recording's.
  ///   - replacing: Whether a file there may go.
  /// - Returns: The path that was written, and what became of it; no report where the recording is intact and in one
  ///   file, so that there is nothing to repair.
  /// - Throws: `RecordingError`.
  package static func repair(
    _ path: String, to output: String?, replacing: Bool
  ) throws -> (path: String, report: RepairReport?) {
    if output == nil, let reader = try? RecordingReader(path: path), !reader.isBeingWritten, !reader.hasLog,
      reader.check(stateHash: { $0.hashOfValues }).isSound
    {
      return (path, nil)
    }
    let target = output ?? repairedName(of: path)
    let report = try RecordingRepair(path: path) { $0.hashOfValues }.write(to: target, replacing: replacing)
    return (target, report)
  }

  /// `run.tapedeck` becomes `run.repaired.tapedeck`.
  private static func repairedName(of path: String) -> String {
    let end = ".\(RecordingFormat.fileExtension)"
    return (path.hasSuffix(end) ? String(path.dropLast(end.count)) : path) + ".repaired" + end
  }
}
