import Trace

/// How far the loss has come from where it began: what tells a run that has no more to learn from one that learns nothing.
package struct LossLevel: Sendable {
  /// How many losses the start is of.
  private static var startCount: Int { 5 }
  /// How slowly the recent mean follows.
  private static var pace: Double { 0.1 }

  /// Where the loss began: the median of the first losses, or the first one where those after it leapt up; nil until they
  /// are there.
  private(set) var start: Double?
  /// The first loss; nil until it is there.
  private(set) var opening: Double?
  /// A mean of the last losses, about twenty.
  private(set) var recent: Double?
  private var first: [Double] = []
  private var isComparable = true

  /// Takes the loss of a step. A run that is told from its middle on, or whose losses are not above 0, has no start to
  /// compare with.
  mutating func take(_ loss: LossFacts) {
    let value = Double(loss.loss)
    guard value.isFinite else { return }
    if recent == nil, loss.step > 1 { isComparable = false }
    if value < 0 { isComparable = false }
    opening = opening ?? value
    recent = recent.map { $0 + LossLevel.pace * (value - $0) } ?? value
    guard start == nil else { return }
    first.append(value)
    guard first.count == LossLevel.startCount else { return }
    let (sorted, opening) = (first.sorted(), first[0])
    start = sorted[LossLevel.startCount - 1] > 100 * opening ? opening : sorted[LossLevel.startCount / 2]
    recent = sorted[LossLevel.startCount / 2]
    first = []
  }

  /// The recent loss as a share of the first; nil where they cannot be compared.
  var share: Double? {
    guard isComparable, let start, let recent, start > 0 else { return nil }
    return recent / start
  }

  /// Whether the loss is still at least this share of what it was at first. Not where that is unknown.
  func isStill(_ least: Double) -> Bool { share.map { $0 >= least } ?? false }
}
