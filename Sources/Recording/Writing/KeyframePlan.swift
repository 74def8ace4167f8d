/// When keyframes are taken: as close together as their cost allows, and evenly over the run within the budget.
package struct KeyframePlan: Sendable {
  /// How much of the time the work of keyframes may take, on the thread that writes.
  package var timeShare: Double
  /// How many steps the whole run has; 0 where that is not known.
  package var expectedSteps = 0
  /// Steps from one keyframe to the next; 0 while the first one has not shown what it costs.
  package private(set) var spacing = 0
  private var last: (step: Int, seconds: Double)?
  /// **Units**: seconds of work for one keyframe; nil before the first is written.
  private var cost: Double?
  /// How many keyframes the budget holds.
  private var capacity = 1

  /// A plan for a run that has not begun.
  package init(timeShare: Double) { self.timeShare = timeShare }

  /// Whether to take a keyframe at the start of a step; `minimumInterval` is what training can afford.
  package mutating func wants(at step: Int, seconds: Double, minimumInterval: Double = 0) -> Bool {
    guard let last else { return take(step, seconds) }
    guard let cost else { return false }
    let (steps, elapsed) = (step - last.step, seconds - last.seconds)
    let minimumInterval = max(cost / timeShare, minimumInterval)
    guard steps > 0, elapsed >= minimumInterval else { return false }
    if spacing == 0 {
      // More time may have gone by than the cost asks for.
      spacing = firstSpacing(affordable: elapsed > 0 ? Double(steps) * minimumInterval / elapsed : 1)
    }
    return steps >= spacing ? take(step, seconds) : false
  }

  /// Notes what a keyframe took, and how many of its size the budget holds.
  package mutating func wrote(cost measured: Double, capacity: Int) {
    // The first one pays for what is done once, and one that was delayed does not predict the next.
    cost = cost.map { min(measured, $0 * 2 + 1e-5) } ?? measured
    self.capacity = max(1, capacity)
  }

  /// Notes that keyframes were removed, so that neighbours are this many steps apart.
  package mutating func thinned(gap: Int) { spacing = max(spacing, gap) }

  /// Notes that the run continues from an earlier step.
  package mutating func forked(after step: Int) {
    guard let last, last.step > step else { return }
    self.last?.step = step
  }

  private mutating func take(_ step: Int, _ seconds: Double) -> Bool {
    last = (step, seconds)
    return true
  }

  /// The even spacing of the whole run, halved as often as the cost allows: doubled as often, it ends even again.
  private func firstSpacing(affordable: Double) -> Int {
    // A tenth is left for arrays that compress less well later.
    let room = max(1, Double(capacity) * 0.9)
    var even = (Double(expectedSteps) / room).rounded(.up)
    while even / 2 >= max(1, affordable) { even /= 2 }
    return max(1, Int(even.rounded(.up)))
  }
}
