import Arrays
import Localization
import Numbers
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
    "events.out.tfevents.\(Int(bounded: origin.begun, to: 0...latestBegin)).tapedeck"
  }

  /// **Units**: seconds since 1970. What is later in a file, in the year 5138, is not when a run began.
  private static let latestBegin = 100_000_000_000
  /// The most numbers of parameters that histograms are made of; of more keyframes every second, third, … has them.
  private static let histogramLimit = 1 << 26

  /// **Units**: seconds since 1970. When the run began; 0 where the file has no such time.
  private var begun: Double {
    let begun = archive.origin.begun
    return (0...Double(TensorBoardFile.latestBegin)).contains(begun) ? begun : 0
  }

  /// Gives the file to `write`, piece by piece.
  ///
  /// - Throws: what reading the recording or `write` throws.
  package func write(_ write: ExportFormat.Output) throws {
    var first = Tensorboard_Event()
    first.wallTime = begun
    first.fileVersion = "brain.Event:2"
    try write(record(first))
    var last = 0.0
    try ScalarBlocks.write(archive, write) { row in
      last = row.seconds
      return try record(event(row.step, seconds: row.seconds, values(row)))
    }
    for epoch in try archive.epochs() {
      try write(record(event(epoch.step, seconds: epoch.seconds, values(epoch))))
    }
    let steps = archive.keyframeSteps
    var (place, spacing) = (0, 1)
    while place < steps.count {
      let step = steps[place]
      place += spacing
      guard let keyframe = try archive.keyframe(atOrBefore: step), keyframe.step == step else { continue }
      let count = keyframe.parameters.reduce(0) { $0 + $1.array.count }
      spacing = max(spacing, 1 + count * steps.count / TensorBoardFile.histogramLimit)
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
    event.wallTime = begun + (seconds.isFinite ? seconds : 0)
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
      guard let histogram = ParameterHistogram(parameter.array) else { return nil }
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
  /// How many values are in memory in double precision at once.
  private static let chunk = 1 << 18
  let message: Tensorboard_HistogramProto

  /// The histogram; nil where no value is finite.
  init?(_ array: RawArray) {
    var (low, high, count, sum, squares) = (Double.infinity, -Double.infinity, 0.0, 0.0, 0.0)
    ParameterHistogram.forEachFinite(array) { value in
      (low, high, count) = (min(low, value), max(high, value), count + 1)
      (sum, squares) = (sum + value, squares + value * value)
    }
    guard count > 0 else { return nil }
    let bins = Double(ParameterHistogram.binCount)
    // The distance of the ends may be more than the greatest number; that of their thirtieth parts is not.
    let width = max(high / bins - low / bins, .leastNormalMagnitude)
    var counts = [Double](repeating: 0, count: ParameterHistogram.binCount)
    ParameterHistogram.forEachFinite(array) { value in
      let distance = value - low
      let place = distance.isFinite ? distance / width : value / width - low / width
      counts[Int(bounded: place, to: 0...ParameterHistogram.binCount - 1)] += 1
    }
    var message = Tensorboard_HistogramProto()
    (message.min, message.max, message.num) = (low, high, count)
    (message.sum, message.sumSquares) = (sum, squares)
    message.bucketLimit = counts.indices.map { low + width * Double($0 + 1) }
    message.bucket = counts
    self.message = message
  }
  /// Calls `body` with all finite values, of which some are in memory at a time.
  private static func forEachFinite(_ array: RawArray, _ body: (Double) -> Void) {
    let size = array.elementType.byteCount
    for start in stride(from: 0, to: array.count, by: chunk) {
      let end = min(array.count, start + chunk)
      let part = RawArray(
        checkedType: array.elementType, shape: [end - start],
        bytes: Array(array.bytes[start * size..<end * size]))
      for value in part.doubles() where value.isFinite { body(value) }
    }
  }
}
