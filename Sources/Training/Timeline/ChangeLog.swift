import Trace

/// What the user changed, and at which moments: a run that is computed again makes the same changes.
package struct ChangeLog {
  /// A change and the moment after whose node it was made.
  package struct Entry: Equatable {
    /// The moment at which the change was made.
    package let position: Position
    /// The change.
    package let change: Change
  }

  /// All changes in the order in which they were made, which is that of their moments.
  package private(set) var entries: [Entry] = []
  /// The moment of the next change on the way forward; nil where there is none.
  package private(set) var next: Position?
  private var place = 0

  /// A log without changes.
  package init() {}

  /// Adds a change that has been made at a moment; changes after that moment belong to the dropped future.
  package mutating func add(_ change: Change, at position: Position) {
    removeAll(after: position)
    entries.append(Entry(position: position, change: change))
    move(to: entries.count)
  }

  /// Forgets the changes after a moment.
  package mutating func removeAll(after position: Position) {
    entries.removeAll { $0.position > position }
    move(to: min(place, entries.count))
  }

  /// The run begins again at the start of a step.
  package mutating func rewind(to step: Int) {
    move(to: entries.firstIndex { $0.position.step >= step } ?? entries.count)
  }

  /// The run continues after a moment.
  package mutating func resume(after position: Position) {
    move(to: entries.firstIndex { $0.position > position } ?? entries.count)
  }

  /// The changes at the moment that the run has reached.
  package mutating func take(at position: Position) -> [Change] {
    let due = entries[place...].prefix { $0.position <= position }
    move(to: place + due.count)
    return due.map(\.change)
  }

  private mutating func move(to place: Int) {
    self.place = place
    next = place < entries.count ? entries[place].position : nil
  }
}
