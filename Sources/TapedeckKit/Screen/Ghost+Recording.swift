import DebuggerUI
import Foundation
import Recording
import Trace

extension LossPaneState.Ghost {
  /// More points than a screen has columns.
  private static let points = 2_048

  /// The curves of a recording.
  ///
  /// - Throws: an error that names the file and what is wrong with it.
  init(recording path: String) throws {
    let path = NSString(string: path).expandingTildeInPath
    let archive = try RecordingReader(path: path)
    var (losses, accuracies) = (LossCurve(), LossCurve())
    for step in try archive.scalars(in: 1...max(1, archive.lastStep), limit: Self.points) {
      losses.append(step: step.step, value: Double(step.loss))
      if let accuracy = step.accuracy { accuracies.append(step: step.step, value: Double(accuracy)) }
    }
    self.init(
      losses: losses.points, accuracies: accuracies.points, epochs: try archive.epochs(),
      name: URL(filePath: path).deletingPathExtension().lastPathComponent, isRecording: true)
  }
}
