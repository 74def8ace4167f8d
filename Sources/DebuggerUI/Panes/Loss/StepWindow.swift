/// The steps that the curves show.
package enum StepWindow: Sendable, Equatable {
  /// All of the run.
  case all
  /// The same steps, however far the run comes.
  case fixed(ClosedRange<Double>)
  /// So many of the newest.
  case newest(Double)

  /// The fewest steps that are shown.
  private static let least = 4.0

  /// The steps that are shown of a run.
  package func steps(in whole: ClosedRange<Double>) -> ClosedRange<Double> {
    switch self {
    case .all: whole
    case .fixed(let steps): steps
    case .newest(let width): max(whole.lowerBound, whole.upperBound - width)...whole.upperBound
    }
  }

  /// Shows a share of the steps, or a multiple of them, with a step where it was; all of them where that is all.
  package mutating func zoom(by factor: Double, around step: Double, in whole: ClosedRange<Double>) {
    let now = steps(in: whole)
    let size = whole.upperBound - whole.lowerBound
    let width = max(StepWindow.least, (now.upperBound - now.lowerBound) * factor)
    guard width < size * (1 - 1e-9), factor > 0 else {
      if factor > 1 || size <= StepWindow.least { self = .all }
      return
    }
    let old = max(now.upperBound - now.lowerBound, 1e-9)
    let part = min(1, max(0, (step - now.lowerBound) / old))
    show(from: step - part * width, width: width, in: whole)
  }

  /// Moves by a number of steps, as far as there are any.
  package mutating func pan(by steps: Double, in whole: ClosedRange<Double>) {
    guard self != .all else { return }
    let now = self.steps(in: whole)
    show(from: now.lowerBound + steps, width: now.upperBound - now.lowerBound, in: whole)
  }

  /// Moves as little as is needed to show a step.
  package mutating func reveal(_ step: Double, in whole: ClosedRange<Double>) {
    guard self != .all else { return }
    let now = steps(in: whole)
    if step < now.lowerBound { pan(by: step - now.lowerBound, in: whole) }
    if step > now.upperBound { pan(by: step - now.upperBound, in: whole) }
  }

  /// The end of the run is followed where it is in view.
  private mutating func show(from start: Double, width: Double, in whole: ClosedRange<Double>) {
    let start = max(whole.lowerBound, min(start, whole.upperBound - width))
    self =
      start + width >= whole.upperBound - 1e-6
      ? .newest(width) : .fixed(start...start + width)
  }
}
