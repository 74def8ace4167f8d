import Localization
import SwiftProtobuf
import Trace

extension ExportFormat {
  /// An event file for TensorBoard.
  package static let tensorBoard = ExportFormat(
    "tensorboard", Sentence("an event file, for TensorBoard"), isText: false,
    nameInFolder: TensorBoardFile.name
  ) { source, _, write in try TensorBoardFile(source.archive).write(write) }
}

/// A recording as an event file that `tensorboard --logdir` opens: curves of the scalars, and histograms of the
/// parameters at the keyframes.
package struct TensorBoardFile {
  private let archive: any RunArchive

  /// The event file of a recording.
  package init(_ archive: any RunArchive) { self.archive = archive }

  /// A name in the folder that TensorBoard is given by which it recognises an event file.
  package static func name(_ origin: RunOrigin) -> String {
    "events.out.tfevents.\(Int(origin.begun)).tapedeck"
  }

  /// Gives the file to `write`, piece by piece.
  ///
  /// - Throws: what reading the recording or `write` throws.
  package func write(_ write: ExportFormat.Output) throws {
    var first = Tensorboard_Event()
    first.wallTime = archive.origin.begun
    first.fileVersion = "brain.Event:2"
    try write(record(first))
    var last = 0.0
    for block in ScalarBlocks(archive) {
      let block = try block.get()
      last = block.last?.seconds ?? last
      try write(block.flatMap { try record(event($0.step, seconds: $0.seconds, values($0))) })
    }
    for epoch in try archive.epochs() {
      try write(record(event(epoch.step, seconds: epoch.seconds, values(epoch))))
    }
    for step in archive.keyframeSteps {
      guard let keyframe = try archive.keyframe(atOrBefore: step) else { continue }
      let seconds = try archive.scalars(in: step...step, limit: 1).first?.seconds ?? last
      try write(record(event(step, seconds: seconds, histograms(keyframe))))
    }
  }

  private func record(_ event: Tensorboard_Event) throws -> [UInt8] {
    TensorRecordFrame.around(try event.serializedBytes())
  }

  private func event(
    _ step: Int, seconds: Double, _ values: [Tensorboard_Summary.Value]
  ) -> Tensorboard_Event {
    var event = Tensorboard_Event()
    event.wallTime = archive.origin.begun + seconds
    event.step = Int64(step)
    event.summary.value = values
    return event
  }

  private func value(_ tag: String, _ number: Float) -> Tensorboard_Summary.Value {
    var value = Tensorboard_Summary.Value()
    value.tag = tag
    value.simpleValue = number
    return value
  }

  private func values(_ scalars: StepScalars) -> [Tensorboard_Summary.Value] {
    var values = [value("loss/train", scalars.loss), value("learning_rate", scalars.learningRate)]
    if let accuracy = scalars.accuracy { values.append(value("accuracy/batch", accuracy)) }
    for (name, norm) in zip(archive.origin.description.parameterNames, scalars.gradientNorms) {
      values.append(value("gradient_norm/\(name)", norm))
    }
    return values
  }

  private func values(_ epoch: EpochResult) -> [Tensorboard_Summary.Value] {
    var values = epoch.trainAccuracy.map { [value("accuracy/train", Float($0))] } ?? []
    if let loss = epoch.validationLoss { values.append(value("loss/validation", Float(loss))) }
    if let accuracy = epoch.validationAccuracy {
      values.append(value("accuracy/validation", Float(accuracy)))
    }
    return values
  }

  private func histograms(_ keyframe: StateSnapshot) -> [Tensorboard_Summary.Value] {
    keyframe.parameters.compactMap { parameter in
      guard let histogram = ParameterHistogram(parameter.array.doubles()) else { return nil }
      var value = Tensorboard_Summary.Value()
      value.tag = "parameters/\(parameter.name)"
      value.histo = histogram.message
      return value
    }
  }
}

/// How often a parameter's finite values fall into each of thirty equal bins.
private struct ParameterHistogram {
  private static let binCount = 30
  let message: Tensorboard_HistogramProto

  /// The histogram; nil where no value is finite.
  init?(_ values: [Double]) {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return nil }
    let width = max(high - low, .leastNormalMagnitude) / Double(ParameterHistogram.binCount)
    var counts = [Double](repeating: 0, count: ParameterHistogram.binCount)
    for value in finite { counts[min(counts.count - 1, Int((value - low) / width))] += 1 }
    var message = Tensorboard_HistogramProto()
    (message.min, message.max, message.num) = (low, high, Double(finite.count))
    message.sum = finite.reduce(0, +)
    message.sumSquares = finite.reduce(0) { $0 + $1 * $1 }
    message.bucketLimit = counts.indices.map { low + width * Double($0 + 1) }
    message.bucket = counts
    self.message = message
  }
}
