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
  ) { source, _, write in try TensorBoardFile(source).write(write) }
}

/// A recording as an event file that `tensorboard --logdir` opens: the graph, the settings, curves of the scalars, the
/// events as text, and at regular steps histograms of the parameters and gradients and a picture of the first weights.
package struct TensorBoardFile {
  private let source: any ExportSource
  private let archive: any RunArchive

  /// The event file of a recording.
  package init(_ source: any ExportSource) { (self.source, archive) = (source, source.archive) }

  /// A name in the folder that TensorBoard is given by which it recognises an event file.
  package static func name(_ origin: RunOrigin) -> String {
    "events.out.tfevents.\(Int(bounded: origin.begun, to: 0...latestBegin)).tapedeck"
  }

  /// **Units**: seconds since 1970. What is later in a file, in the year 5138, is not when a run began.
  private static let latestBegin = 100_000_000_000
  /// The most numbers of parameters and gradients that histograms are made of.
  private static let histogramLimit = 1 << 27

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
    let messages = TensorBoardMessages(archive: archive, begun: begun)
    try write(graph(messages))
    var last = 0.0
    try ScalarBlocks.write(archive, write) { row in
      last = row.seconds
      return try record(event(row.step, seconds: row.seconds, values(row)))
    }
    for epoch in try archive.epochs() {
      try write(record(event(epoch.step, seconds: epoch.seconds, values(epoch))))
    }
    for event in try archive.events() {
      let (step, word) = (event.position.step, event.kind.word)
      let text = messages.text("events", "**\(word)**: \(event.text)")
      try write(record(self.event(step, seconds: try seconds(at: step) ?? last, [text])))
    }
    try write(record(event(0, seconds: 0, [messages.text("settings", messages.settings)])))
    let metrics = try archive.epochs().last.map { values($0).map(\.tag) } ?? []
    try write(
      record(
        event(0, seconds: 0, messages.hyperparameterValues(metrics: ["loss/train"] + metrics, seconds: last)))
    )
    try writeStates(write, last)
  }

  /// The record of the graph; empty where there is none that can be read, which the user is told.
  private func graph(_ messages: TensorBoardMessages) throws -> [UInt8] {
    let graph: Tensorboard_GraphDef?
    do { graph = try messages.graph() } catch {
      source.tell("\(error)")
      return []
    }
    guard let graph else { return [] }
    var event = Tensorboard_Event()
    event.wallTime = begun
    event.graphDef = try graph.serializedData()
    return try record(event)
  }

  /// Histograms and pictures at regular steps.
  private func writeStates(_ write: ExportFormat.Output, _ last: Double) throws {
    let stored = Set(archive.keyframeSteps + archive.wholeSteps).sorted()
    var (hasStates, hasGradients) = (false, false)
    func steps(recomputes: Bool) -> [Int] {
      StateSteps(last: archive.lastStep, stored: stored, recomputes: recomputes).steps
    }
    var numbers = 0
    try source.states(after: steps) { step, state in
      numbers += (state.parameters + state.gradients).reduce(0) { $0 + $1.array.count }
      guard numbers <= TensorBoardFile.histogramLimit else { return }
      hasStates = true
      hasGradients = hasGradients || !state.gradients.isEmpty
      var values = histograms("parameters", state.parameters) + histograms("gradients", state.gradients)
      if let weights = state.parameters.first(where: { $0.array.shape.count > 1 }),
        let picture = WeightPicture(weights.array)
      {
        var value = Tensorboard_Summary.Value()
        (value.tag, value.image) = ("weights/\(weights.name)", picture.message)
        values.append(value)
      }
      try write(record(event(step, seconds: try seconds(at: step) ?? last, values)))
    }
    if hasStates, !hasGradients {
      source.tell(
        localized(
          "The gradients cannot be computed again here; the export has histograms of the weights only."))
    }
  }

  /// When a step was done, in seconds from the beginning; nil where that is not recorded.
  private func seconds(at step: Int) throws -> Double? {
    guard step >= 1 else { return nil }
    return try archive.scalars(in: step...step, limit: 1).first?.seconds
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
    let regression = archive.origin.description.regression
    if let share = regression?.trainR2(loss: epoch.loss) { values.append(value("r2/train", Float(share))) }
    if let share = epoch.validationLoss.flatMap({ regression?.validationR2(loss: $0) }) {
      values.append(value("r2/validation", Float(share)))
    }
    return values
  }

  private func histograms(_ folder: String, _ arrays: [NamedArray]) -> [Tensorboard_Summary.Value] {
    arrays.compactMap { parameter in
      guard let histogram = ValueHistogram(parameter.array) else { return nil }
      var value = Tensorboard_Summary.Value()
      (value.tag, value.histo) = ("\(folder)/\(parameter.name)", histogram.message)
      return value
    }
  }
}
