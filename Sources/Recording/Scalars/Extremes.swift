import Trace

/// The rows of the least and the greatest loss, where a value that is not finite is greater than all others.
///
/// They are rows that were, with all their numbers: a thinned curve keeps its peaks, and where it broke.
package struct Extremes {
  /// The place of the least finite loss.
  package private(set) var least: Int?
  /// The place of the greatest loss, or of the first that is not finite.
  package private(set) var greatest: Int?
  /// Nothing was seen yet.
  package init() {}

  private var low = Float.infinity
  private var high = -Float.infinity

  /// Looks at the next row.
  package mutating func add(_ loss: Float, at place: Int) {
    guard high.isFinite || high == -.infinity else { return addFinite(loss, at: place) }
    if !loss.isFinite {
      (high, greatest) = (.nan, place)
      return
    }
    if greatest == nil || loss > high { (high, greatest) = (loss, place) }
    addFinite(loss, at: place)
  }

  private mutating func addFinite(_ loss: Float, at place: Int) {
    guard loss.isFinite, least == nil || loss < low else { return }
    (low, least) = (loss, place)
  }

  /// The one or two places, in order.
  package var places: [Int] {
    switch (least, greatest) {
    case (let least?, let greatest?) where least != greatest:
      [min(least, greatest), max(least, greatest)]
    case (let place?, _), (nil, let place?): [place]
    case (nil, nil): []
    }
  }

  /// Rows of which about `limit` are left: of each part the two extremes.
  package static func thin(_ rows: [StepScalars], to limit: Int) -> [StepScalars] {
    places(of: rows, limit: limit).map { rows[$0] }
  }

  /// The places that thinning keeps.
  static func places(of rows: [StepScalars], limit: Int) -> [Int] {
    guard rows.count > max(2, limit) else { return Array(rows.indices) }
    let parts = max(1, limit / 2)
    return (0..<parts).flatMap { part in
      var extremes = Extremes()
      for place in rows.count * part / parts..<rows.count * (part + 1) / parts {
        extremes.add(rows[place].loss, at: place)
      }
      return extremes.places
    }
  }
}
