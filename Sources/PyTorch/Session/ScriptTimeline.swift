import Trace

/// The moments of a script that can be shown: the newest, and those of the watched steps that the probe keeps.
struct ScriptTimeline: Sendable {
  /// A place in what is kept.
  struct Place: Sendable, Equatable {
    var step: Int
    var visit: Int
  }

  /// Where a movement leads.
  enum Destination: Sendable, Equatable {
    /// To the moment of the cursor.
    case past
    case head
    /// To a step that is not kept.
    case notKept(step: Int)
  }

  /// How many watched steps the probe keeps.
  private static let mostKept = 16

  /// The watched steps that one can go back to, the oldest first, as many as the probe keeps.
  private(set) var kept: [WatchedStep] = []
  /// The moment that is shown where it is not the newest.
  private(set) var cursor: Place?
  /// The last place that the script has reached.
  private var head = Place(step: 1, visit: 0)
  private(set) var headPosition = Position.start
  /// The newest moment without a tensor.
  private(set) var newest: Moment?
  /// The last step that ended.
  var lastEnded = 0

  /// The step in which the script is.
  var currentStep: Int { max(lastEnded, head.step == 1 && newest == nil ? 0 : head.step) }

  /// The position that is shown.
  var position: Position {
    guard let cursor, let step = kept.first(where: { $0.step == cursor.step }) else { return headPosition }
    return step.position(of: cursor.visit)
  }

  /// The moment of the cursor; nil where the newest is shown.
  var past: Moment? {
    guard let cursor, let step = kept.first(where: { $0.step == cursor.step }) else { return nil }
    return step.moment(after: cursor.visit, head: headPosition)
  }

  /// How many nodes a phase had in the last kept step before `step`; nil where none is kept.
  func count(of phase: Phase, before step: Int) -> Int? {
    kept.last { $0.step < step }?.count(of: phase)
  }

  /// Takes the newest moment, which is that after a visit.
  mutating func take(_ moment: Moment, after visit: Int) {
    headPosition = moment.position
    head = Place(step: moment.position.step, visit: visit)
    newest = moment
  }

  /// Shows the newest moment differently; the script is where it was.
  mutating func replaceNewest(_ moment: Moment) { newest = moment }

  /// Keeps a watched step, in place of what was kept of it before.
  mutating func keep(_ step: WatchedStep) {
    kept.removeAll { $0.step == step.step }
    kept.append(step)
    kept.removeFirst(max(0, kept.count - ScriptTimeline.mostKept))
  }

  /// Goes to the newest moment.
  mutating func leavePast() { cursor = nil }

  /// Carries out a movement forward from a moment of the past; nil where it is none, or leads beyond the head.
  mutating func forward(_ command: Command) -> Destination? {
    switch command {
    case .nextNode, .nextPhase, .nextStep, .runTo: break
    default: return nil
    }
    guard let cursor, let place = kept.firstIndex(where: { $0.step == cursor.step }) else { return nil }
    if case .visit(let visit)? = kept[place].destination(of: command, from: cursor.visit) {
      return go(visit, in: place)
    }
    // A node that does not run any more in what is kept is run to from the head.
    if case .runTo = command { return nil }
    guard kept.indices.contains(place + 1) else { return goToHead() }
    return go(command == .nextStep ? sameVisit(as: cursor.visit, of: place, in: place + 1) : 0, in: place + 1)
  }

  /// Carries out a movement back, or to a moment that has been; nil where it is none of these.
  mutating func back(_ command: Command) -> Destination? {
    let here = cursor ?? head
    switch command {
    case .previousNode, .previousPhase, .previousStep:
      guard let place = kept.firstIndex(where: { $0.step == here.step }) else {
        return .notKept(step: here.step)
      }
      return back(command, from: here, in: place)
    case .seekHead: return goToHead()
    case .seek(let position): return seek(position)
    case .goTo(let position): return position > headPosition ? nil : seek(position)
    default: return nil
    }
  }

  private mutating func back(_ command: Command, from here: Place, in place: Int) -> Destination {
    let step = kept[place]
    let visit = min(here.visit, step.visits.count - 1)
    if case .visit(let before)? = step.destination(of: command, from: visit) { return go(before, in: place) }
    guard place > 0 else {
      return command == .previousStep && visit > 0 ? go(0, in: place) : .notKept(step: here.step - 1)
    }
    let last = kept[place - 1].visits.count - 1
    switch command {
    case .previousStep: return go(sameVisit(as: visit, of: place, in: place - 1), in: place - 1)
    case .previousPhase: return go(kept[place - 1].firstOfPhase(at: last), in: place - 1)
    default: return go(last, in: place - 1)
    }
  }

  private mutating func seek(_ position: Position) -> Destination {
    guard position < headPosition else { return goToHead() }
    guard let place = kept.firstIndex(where: { $0.step == position.step }) else {
      return .notKept(step: position.step)
    }
    return go(kept[place].visit(at: position) ?? 0, in: place)
  }

  /// Goes to a position in the nearest step that is kept, if possible in one that has a node; to the newest moment where none is
  /// kept.
  mutating func seek(near position: Position, having node: String?) -> Destination {
    let fitting = kept.indices.filter { place in kept[place].nodes.contains { $0.name == node } }
    let nearest = (fitting.isEmpty ? Array(kept.indices) : fitting).min {
      abs(kept[$0].step - position.step) < abs(kept[$1].step - position.step)
    }
    guard let nearest else { return goToHead() }
    var wanted = position
    wanted.step = kept[nearest].step
    return go(kept[nearest].visit(at: wanted) ?? kept[nearest].visits.count - 1, in: nearest)
  }

  /// The visit of a kept step at the position that a visit of another has; its last one where there is none.
  private func sameVisit(as visit: Int, of place: Int, in other: Int) -> Int {
    var wanted = kept[place].position(of: visit)
    wanted.step = kept[other].step
    return kept[other].visit(at: wanted) ?? kept[other].visits.count - 1
  }

  /// Goes to a visit of a kept step, beyond its end to the next one.
  private mutating func go(_ visit: Int, in place: Int) -> Destination {
    let step = kept[place]
    if visit >= step.visits.count {
      guard kept.indices.contains(place + 1) else { return goToHead() }
      return go(0, in: place + 1)
    }
    let target = Place(step: step.step, visit: max(0, visit))
    if target.step == head.step, target.visit >= head.visit { return goToHead() }
    cursor = target
    return .past
  }

  private mutating func goToHead() -> Destination {
    cursor = nil
    return .head
  }
}
