import Autograd
import Datasets
import Localization
import NN
import Trace

/// Collects how well the model predicts, while the screen shows that: from the batches that are trained on, from the
/// evaluations at the ends of epochs, and where the run is paused by evaluating the model as it is then.
///
/// Owner: the training queue.
final class FigureLog {
  /// The most samples that are evaluated for a moment: the user's next step does not wait long for them.
  static let mostSamples = 2_000
  /// The samples that go through the model at once.
  private static let batchSize = 500
  /// The most values of a sample that are shown.
  private static let mostValues = 16_384
  /// The most samples whose values are kept.
  private static let mostKept = 256

  /// The batches that an epoch has trained on.
  private struct Epoch {
    let number: Int
    let first: Int
    var last: Int
    var tally: FigureTally
  }

  /// A sample of one of the sets.
  private struct SampleKey: Hashable {
    let part: PredictionFigures.Part
    let index: Int
  }

  private let experiment: Experiment
  private let state: ModelState
  private let isShown: () -> Bool
  private var reading: FigureReading?
  private var epoch: Epoch?
  /// What was evaluated last, with the step and the hash of the parameters then.
  private var evaluations: [PredictionFigures.Part: (tally: FigureTally, step: Int, hash: UInt64)] = [:]
  private var values: [SampleKey: [Float]] = [:]

  /// The figures of a run, of which none are collected unless `isShown`.
  init(_ timeline: Timeline, isShown: @escaping () -> Bool) {
    (experiment, state) = (timeline.experiment, timeline.state)
    self.isShown = isShown
  }

  // MARK: Collecting

  /// Takes a step that was trained.
  func take(_ step: Int, loss: Double, _ output: Tensor?, _ targets: Tensor?) {
    guard isShown(), let output, let targets, let reading = reading(output, targets, loss: loss) else {
      return
    }
    let data = experiment.trainData
    let (number, index) = (step - 1).quotientAndRemainder(dividingBy: data.stepsPerEpoch)
    guard let indices = try? data.indices(epoch: number, index: index) else { return }
    // Taken out, so that its figures are changed in place.
    var epoch = self.epoch.take()
    if epoch?.number != number || epoch?.last != step - 1 {
      let tally = FigureTally(reading)
      epoch = Epoch(number: number, first: step, last: step, tally: tally)
    }
    guard epoch?.tally.add(output, targets, indices: indices, step: step) == true else { return }
    epoch?.last = step
    self.epoch = epoch
  }

  /// Takes a whole step that was computed again.
  func take(_ tape: Tape) {
    guard isShown(), let last = tape.forward.last(where: { $0.phase == .loss }),
      let loss = try? last.output.item()
    else { return }
    take(tape.step, loss: loss, tape.output, tape.batch?.targets)
  }

  /// Takes a batch of an evaluation into a tally, which the first batch begins.
  func add(
    _ output: Tensor, _ targets: Tensor, indices: [Int], loss: Double?, to tally: inout FigureTally?
  ) {
    guard isShown(), let reading = reading(output, targets, loss: loss) else { return }
    if tally == nil { tally = FigureTally(reading) }
    _ = tally?.add(output, targets, indices: indices)
  }

  /// Keeps the figures of an evaluation after a step.
  func finish(_ tally: FigureTally?, _ part: PredictionFigures.Part, after step: Int) {
    guard let tally else { return }
    evaluations[part] = (tally, step, state.hash)
  }

  /// A new future begins.
  func fork() { (epoch, evaluations) = (nil, [:]) }

  private func reading(_ output: Tensor, _ targets: Tensor, loss: Double?) -> FigureReading? {
    if let reading, reading.fits(output, targets) { return reading }
    let found = FigureReading(output, targets, loss: loss, of: experiment)
    // Of a loss that is not finite, nothing can be found out for good.
    if loss?.isFinite == true { reading = found }
    return found
  }

  // MARK: Showing

  /// The figures of a moment, or why there are none, as a sentence.
  ///
  /// - Parameters:
  ///   - wanted: of which samples, and which of them are shown.
  ///   - position: where the moment is.
  ///   - tape: what its step has done so far.
  ///   - loss: its loss, if that is computed.
  ///   - isPlaying: whether the run continues, so that nothing may take long.
  /// - Returns: the figures, or the obstacle.
  func figures(
    of wanted: ScreenNeeds.Figures, at position: Position, _ tape: Tape, loss: Double?, isPlaying: Bool
  ) -> Result<PredictionFigures, FigureObstacle> {
    let part = wanted.part ?? usualPart(isPlaying: isPlaying)
    switch part {
    case .batch: return ofBatch(tape, loss: loss, cell: wanted.cell)
    case .epoch:
      guard let epoch, epoch.last == position.step || epoch.last == position.step - 1 else {
        return .failure(.epochNotCollected)
      }
      let data = experiment.trainData.dataset
      var figures = figures(epoch.tally, .epoch, step: epoch.last, of: data, cell: wanted.cell)
      figures.firstStep = epoch.first
      return .success(filled(figures, from: data))
    case .validation, .training:
      guard let data = part == .training ? experiment.trainData.dataset : experiment.validationData else {
        return .failure(.noValidationData)
      }
      return evaluated(part, data, at: position, isPlaying: isPlaying, cell: wanted.cell)
    }
  }

  /// The validation set, or the training set where there is none; the epoch so far while neither has been evaluated.
  private func usualPart(isPlaying: Bool) -> PredictionFigures.Part {
    let part: PredictionFigures.Part = experiment.validationData == nil ? .training : .validation
    return isPlaying && evaluations[part] == nil && epoch != nil ? .epoch : part
  }

  private func ofBatch(
    _ tape: Tape, loss: Double?, cell: PredictionFigures.Cell?
  ) -> Result<PredictionFigures, FigureObstacle> {
    guard let batch = tape.batch, let output = tape.output else { return .failure(.noOutput) }
    guard let reading = reading(output, batch.targets, loss: loss) else { return .failure(.noFigures) }
    var tally = FigureTally(reading)
    guard tally.add(output, batch.targets, indices: batch.indices, step: tape.step) else {
      return .failure(.noFigures)
    }
    var figures = figures(tally, .batch, step: tape.step, of: experiment.trainData.dataset, cell: cell)
    let width = batch.count == 0 ? 0 : batch.inputs.elementCount / batch.count
    guard width <= FigureLog.mostValues else { return .success(figures) }
    let inputs = batch.inputs.array(Float.self)
    for place in figures.worst.indices {
      guard let row = figures.worst[place].row else { continue }
      figures.worst[place].sample.values = Array(inputs[row * width..<(row + 1) * width])
    }
    return .success(figures)
  }

  /// The last evaluation, where the model is still the same or training continues; else a new one.
  private func evaluated(
    _ part: PredictionFigures.Part, _ data: any Dataset, at position: Position, isPlaying: Bool,
    cell: PredictionFigures.Cell?
  ) -> Result<PredictionFigures, FigureObstacle> {
    func result(_ tally: FigureTally, step: Int) -> Result<PredictionFigures, FigureObstacle> {
      var figures = figures(tally, part, step: step, of: data, cell: cell)
      if tally.sampleCount < data.count { figures.wholeCount = data.count }
      return .success(filled(figures, from: data))
    }
    if let known = evaluations[part], isPlaying || known.hash == state.hash {
      return result(known.tally, step: known.step)
    }
    guard !isPlaying else { return .failure(.notEvaluated) }
    do {
      guard let tally = try tally(data) else { return .failure(.noFigures) }
      evaluations[part] = (tally, position.step, state.hash)
      return result(tally, step: position.step)
    } catch {
      return .failure(.failed("\(error)"))
    }
  }

  /// The figures of samples at even distances, by the model as it is.
  private func tally(_ data: any Dataset) throws -> FigureTally? {
    let distance = max(1, (data.count + FigureLog.mostSamples - 1) / FigureLog.mostSamples)
    let indices = Array(stride(from: 0, to: data.count, by: distance))
    // In training mode it would change running means, and what dropout draws next.
    experiment.model.eval()
    defer { experiment.model.train() }
    let (file, line) = (experiment.location.fileID, experiment.location.lineNumber)
    var tally: FigureTally?
    try noGrad {
      for start in stride(from: 0, to: indices.count, by: FigureLog.batchSize) {
        let part = Array(indices[start..<min(start + FigureLog.batchSize, indices.count)])
        let batch = try data.batch(at: part)
        let output = try experiment.model(batch.inputs, file: file, line: line)
        let loss =
          reading == nil ? try experiment.loss(output, batch.targets, file: file, line: line).item() : nil
        add(output, batch.targets, indices: part, loss: loss, to: &tally)
      }
    }
    return tally
  }

  private func figures(
    _ tally: FigureTally, _ part: PredictionFigures.Part, step: Int, of data: any Dataset,
    cell: PredictionFigures.Cell?
  ) -> PredictionFigures {
    var figures = PredictionFigures(
      part: part, step: step, sampleCount: tally.sampleCount, content: tally.content,
      worst: tally.worst(in: cell),
      imageSize: data.imageSize.map { BatchSnapshot.ImageSize(rows: $0.rows, columns: $0.columns) })
    figures.cell = cell
    return figures
  }

  /// The same figures, with the values of the worst samples where the data are here.
  private func filled(_ figures: PredictionFigures, from data: any Dataset) -> PredictionFigures {
    var figures = figures
    // A batch of training and the training set have the same samples.
    let part: PredictionFigures.Part = figures.part == .validation ? .validation : .training
    let unknown = Set(figures.worst.map(\.sample.index)).filter {
      values[SampleKey(part: part, index: $0)] == nil
    }
    .sorted()
    if !unknown.isEmpty, data.featureCount <= FigureLog.mostValues, let batch = try? data.batch(at: unknown) {
      if values.count > FigureLog.mostKept { values.removeAll(keepingCapacity: true) }
      let width = batch.inputs.elementCount / unknown.count
      let inputs = batch.inputs.array(Float.self)
      for (row, index) in unknown.enumerated() {
        values[SampleKey(part: part, index: index)] = Array(inputs[row * width..<(row + 1) * width])
      }
    }
    for place in figures.worst.indices {
      let key = SampleKey(part: part, index: figures.worst[place].sample.index)
      figures.worst[place].sample.values = values[key] ?? []
    }
    return figures
  }
}
