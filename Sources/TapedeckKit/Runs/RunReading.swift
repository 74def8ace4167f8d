import DebuggerUI
import Foundation
import Localization
import Recording
import Trace

/// Reads what the list of recordings shows of one file, with the bounds that `RecordingReader` has. Nothing in the file
/// is trusted, and nothing is thrown: what is wrong with it is part of the answer.
package enum RunReading {
  /// Points of a curve.
  private static let curvePoints = 1_000
  /// The most epochs that are kept of a run.
  private static let mostEpochs = 1_000
  /// The most characters of a setting.
  private static let longestSetting = 400

  /// What is known of a recording without its curve.
  package static func summary(_ file: RecordingFolder.File) -> RunSummary {
    var run = RunSummary(
      path: file.path, name: file.name.withVisibleControls, byteCount: file.stamp.byteCount)
    do {
      let reader = try RecordingReader(path: file.path)
      read(reader, into: &run)
      run.state =
        !reader.defects.isEmpty
        ? .damaged : file.stamp.isBeingWritten ? .beingWritten : reader.isFinished ? .finished : .stopped
      if [.finished, .stopped].contains(run.state), run.loss?.isFinite == false { run.state = .diverged }
      run.problem = reader.defects.first.map { repairable("\($0).") }
    } catch let error as RecordingError {
      (run.state, run.problem) = state(error, isBeingWritten: file.stamp.isBeingWritten)
    } catch {
      (run.state, run.problem) = (.unreadable, "\(error)")
    }
    run.problem = run.problem?.withVisibleControls
    return run
  }

  /// The curve of a recording and what was changed by hand; nil where it cannot be read.
  package static func detail(path: String) -> RunDetail? {
    guard let reader = try? RecordingReader(path: path),
      let steps = try? reader.scalars(in: 1...max(1, reader.lastStep), limit: curvePoints)
    else { return nil }
    let changes = RecordedChoice.changes(reader).map(setting)
    return RunDetail(
      points: steps.map { .init(step: $0.step, loss: $0.loss, accuracy: $0.accuracy) }, changes: changes)
  }

  private static func read(_ reader: RecordingReader, into run: inout RunSummary) {
    let (origin, last) = (reader.origin, reader.lastStep)
    let description = origin.description
    run.isScript = description.isScript
    run.data = short(description.data)
    run.network = short(description.network)
    if !description.isScript { (run.batchSize, run.seed) = (description.batchSize, description.seed) }
    if let json = origin.settings, let settings = try? RecordedSettings(json: json).settings() {
      (run.optimizer, run.learningRate) = (settings.optimizer.rawValue, settings.learningRate)
    } else {
      (run.optimizer, run.learningRate) = optimizer(description.optimizer)
    }
    run.settings = RecordedChoice.all(origin).filter {
      // A script's batches and seed are not known.
      !description.isScript || !["batch", "seed", "epochs", "steps per epoch", "samples"].contains($0.name)
    }.map(setting)
    (run.begun, run.date) = (origin.begun, date(origin.begun))
    let epochs = (try? reader.epochs()) ?? []
    run.epochResults = thinned(epochs)
    run.epochs = epochs.last?.epoch
    let step = last > 0 ? (try? reader.scalars(in: last...last, limit: 1))?.last : nil
    run.steps = last > 0 ? last : nil
    run.loss = step.map { Double($0.loss) } ?? epochs.last?.loss
    run.validationLoss = epochs.last { $0.validationLoss != nil }?.validationLoss
    run.accuracy =
      epochs.last { $0.validationAccuracy != nil }?.validationAccuracy
      ?? epochs.last { $0.trainAccuracy != nil }?.trainAccuracy ?? step?.accuracy.map(Double.init)
  }

  /// What an error of opening a file says about it.
  private static func state(
    _ error: RecordingError, isBeingWritten: Bool
  ) -> (RunSummary.State, String?) {
    switch error {
    case .empty where isBeingWritten: (.beingWritten, nil)
    case .damaged(let defect): (.damaged, repairable("\(defect)."))
    case .notARecording(_, let got):
      (.damaged, repairable(localized("Expected a recording, but got \(got).")))
    default: (.unreadable, "\(error)")
    }
  }

  private static func repairable(_ sentence: String) -> String {
    sentence + " " + localized("'tapedeck repair' saves what can be read.")
  }

  /// The name of an optimizer and its learning rate, from the words that describe it: `SGD lr 0.1 momentum 0.9`.
  package static func optimizer(_ text: String) -> (name: String, learningRate: Double?) {
    let words = text.split(separator: " ")
    guard let place = words.firstIndex(of: "lr"), place > 0 else { return (short(text), nil) }
    let rate = words.indices.contains(place + 1) ? Double(words[place + 1].replacing(",", with: "")) : nil
    return (short(words[..<place].joined(separator: " ")), rate)
  }

  private static func setting(_ choice: RecordedChoice) -> RunSummary.Setting {
    RunSummary.Setting(choice.name, short(choice.value), word: RecordedChoice.word(for: choice.name))
  }

  private static func short(_ text: String) -> String {
    String(text.prefix(longestSetting)).withVisibleControls
  }

  /// Some of many epochs, the last among them.
  private static func thinned(_ epochs: [EpochResult]) -> [EpochResult] {
    guard epochs.count > mostEpochs else { return epochs }
    return (1...mostEpochs).map { epochs[epochs.count * $0 / mostEpochs - 1] }
  }

  /// A time in the time zone of this machine, in digits that sort.
  static func date(_ seconds: Double, _ zone: TimeZone = .current) -> String {
    guard (1...1e11).contains(seconds) else { return "" }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let parts = calendar.dateComponents(
      [.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: seconds))
    func two(_ value: Int?) -> String { String("0\(value ?? 0)".suffix(2)) }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day)) \(two(parts.hour)):\(two(parts.minute))"
  }
}
