/// The turns of all lines between two layers: which row each runs across in.
///
/// Lines out of one box share a row, and so do single lines into one box. Others never share a piece of
/// row or column: where they meet, they cross. A line that would have to run both above and below
/// another takes two rows, and changes from one to the other in a free column.
///
/// **Source**: channel routing with doglegs, Deutsch, 1976.
struct GraphTracks {
  /// The ends of a segment: the place and column of its upper and of its lower item.
  struct Segment {
    let upperPlace: Int
    let lowerPlace: Int
    let upperColumn: Int
    let lowerColumn: Int
  }

  /// A change of row on the way: down in `column`, then across in `row`.
  struct Dogleg {
    let column: Int
    let row: Int
  }

  /// How many rows the turns take.
  private(set) var rows = 0
  /// The row in which each segment runs across; −1 for a straight one.
  private(set) var row: [Int]
  /// The second turn of a segment, where it has one.
  private(set) var dogleg: [Int: Dogleg] = [:]

  private let segments: [Segment]
  private var wires: [Wire] = []
  /// The wire of each segment.
  private var wireOfSegment: [Int]
  /// The wire that may run only below the one that starts where the segment ends.
  private var waiter: [Int]
  /// The segments that wait for each wire.
  private var waiting: [[Int]] = []
  /// The wire that starts in the column where the segment ends, or −1.
  private var blocker: [Int]
  /// Columns in which some line runs down; filled only when a wire must be split.
  private var usedColumns: Set<Int> = []
  /// The columns taken in each row.
  private var occupied: [[ClosedRange<Int>]] = []
  /// Wires that wait for no other, in the order in which they are laid.
  private var ready: [Int] = []

  /// Segments that share a row.
  private struct Wire {
    var columns: ClosedRange<Int>
    var segments: [Int]
    var waits = 0
    var firstRow = 0
    var placed = false
    /// The second halves of its segments that were split.
    var halves: [Int] = []
  }

  init(_ segments: [Segment], upperCount: Int, lowerCount: Int) {
    self.segments = segments
    row = [Int](repeating: -1, count: segments.count)
    wireOfSegment = row
    waiter = row
    blocker = row
    let bent = segments.indices.filter { segments[$0].upperColumn != segments[$0].lowerColumn }
    guard !bent.isEmpty else { return }
    makeWires(bent, upperCount: upperCount, lowerCount: lowerCount)
    findBlockers(bent)
    let free = wires.indices.filter { wires[$0].waits == 0 }
    ready = free.sorted { sortKey($0) < sortKey($1) }
    placeAll()
  }

  /// Lines to the right are laid from right to left, and the other way round: so they do not cross.
  private func sortKey(_ wire: Int) -> (Int, Int) {
    let segment = segments[wires[wire].segments[0]]
    let toTheRight = segment.lowerColumn > segment.upperColumn
    return toTheRight ? (-segment.upperColumn, wire) : (segment.upperColumn, wire)
  }

  private mutating func makeWires(_ bent: [Int], upperCount: Int, lowerCount: Int) {
    var leaving = [Int](repeating: 0, count: upperCount)
    for segment in bent { leaving[segments[segment].upperPlace] += 1 }
    var wireFromUpper = [Int](repeating: -1, count: upperCount)
    var wireIntoLower = [Int](repeating: -1, count: lowerCount)
    for index in bent {
      let segment = segments[index]
      let isFan = leaving[segment.upperPlace] > 1
      let known = isFan ? wireFromUpper[segment.upperPlace] : wireIntoLower[segment.lowerPlace]
      let low = min(segment.upperColumn, segment.lowerColumn)
      let high = max(segment.upperColumn, segment.lowerColumn)
      guard known < 0 else {
        wires[known].segments.append(index)
        wires[known].columns =
          min(low, wires[known].columns.lowerBound)...max(high, wires[known].columns.upperBound)
        wireOfSegment[index] = known
        continue
      }
      wireOfSegment[index] = wires.count
      if isFan {
        wireFromUpper[segment.upperPlace] = wires.count
      } else {
        wireIntoLower[segment.lowerPlace] = wires.count
      }
      wires.append(Wire(columns: low...high, segments: [index]))
    }
  }

  /// A segment that ends in the column where another wire starts must run below that wire.
  private mutating func findBlockers(_ bent: [Int]) {
    waiting = [[Int]](repeating: [], count: wires.count)
    var wireFromColumn: [Int: Int] = [:]
    for index in bent { wireFromColumn[segments[index].upperColumn] = wireOfSegment[index] }
    for index in bent {
      let own = wireOfSegment[index]
      guard let other = wireFromColumn[segments[index].lowerColumn], other != own else { continue }
      blocker[index] = other
      waiter[index] = own
      waiting[other].append(index)
      wires[own].waits += 1
    }
  }

  private mutating func placeAll() {
    var next = 0
    var oldest = 0
    while true {
      while next < ready.count {
        place(ready[next])
        next += 1
      }
      while oldest < wires.count, wires[oldest].placed { oldest += 1 }
      guard oldest < wires.count else { return }
      split(oldest)
    }
  }

  private mutating func place(_ wire: Int) {
    let columns = wires[wire].columns
    var chosen = wires[wire].firstRow
    while chosen < occupied.count, occupied[chosen].contains(where: { $0.touches(columns) }) { chosen += 1 }
    while occupied.count <= chosen { occupied.append([]) }
    occupied[chosen].append(columns)
    rows = occupied.count
    wires[wire].placed = true
    for segment in wires[wire].segments {
      if let half = dogleg[segment], row[segment] >= 0 {
        dogleg[segment] = Dogleg(column: half.column, row: chosen)
      } else {
        row[segment] = chosen
      }
    }
    for segment in waiting[wire] { release(waiter[segment], below: chosen) }
    for half in wires[wire].halves { release(half, below: chosen) }
  }

  private mutating func release(_ wire: Int, below row: Int) {
    wires[wire].firstRow = max(wires[wire].firstRow, row + 1)
    wires[wire].waits -= 1
    if wires[wire].waits == 0 { ready.append(wire) }
  }

  /// Frees a wire that waits in a circle: its waiting segments end in a free column, and second
  /// halves continue from there.
  private mutating func split(_ wire: Int) {
    if usedColumns.isEmpty {
      for segment in segments { usedColumns.formUnion([segment.upperColumn, segment.lowerColumn]) }
    }
    var halves: [Int: Int] = [:]
    for segment in wires[wire].segments where waiter[segment] == wire && !wires[blocker[segment]].placed {
      let target = segments[segment].lowerColumn
      let half = halves[target] ?? makeHalf(to: target, of: segment, in: wire)
      halves[target] = half
      wires[half].segments.append(segment)
      wires[half].waits += 1
      waiter[segment] = half
      dogleg[segment] = Dogleg(column: wires[half].columns.other(than: target), row: -1)
    }
    wires[wire].halves = halves.values.sorted()
    wires[wire].waits = 0
    var low = Int.max
    var high = Int.min
    for segment in wires[wire].segments {
      let end = dogleg[segment]?.column ?? segments[segment].lowerColumn
      low = min(low, end, segments[segment].upperColumn)
      high = max(high, end, segments[segment].upperColumn)
    }
    wires[wire].columns = low...high
    ready.append(wire)
  }

  private mutating func makeHalf(to target: Int, of segment: Int, in wire: Int) -> Int {
    let fromTheLeft = segments[segment].upperColumn < target
    // Not right beside the target's own column, where two lines would look like one.
    var distance = fromTheLeft ? -2 : 2
    while usedColumns.contains(target + distance) {
      distance = (distance < 0) == fromTheLeft ? -distance : -distance + (distance < 0 ? 1 : -1)
    }
    let free = target + distance
    usedColumns.insert(free)
    wires.append(Wire(columns: min(free, target)...max(free, target), segments: [], waits: 1))
    waiting.append([])
    return wires.count - 1
  }
}

extension ClosedRange<Int> {
  /// Whether the ranges overlap or have no free number between them.
  fileprivate func touches(_ other: ClosedRange<Int>) -> Bool {
    lowerBound <= other.upperBound + 1 && other.lowerBound <= upperBound + 1
  }

  /// The bound that is not `bound`.
  fileprivate func other(than bound: Int) -> Int { lowerBound == bound ? upperBound : lowerBound }
}
