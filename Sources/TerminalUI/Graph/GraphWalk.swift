/// A walk through all items, depth first and the longest way first, so that what belongs to the
/// main line comes before its branches, and branches before the long lines that pass them.
struct GraphWalk {
  /// The items in the order in which the walk visits them.
  private(set) var order: [Int] = []
  /// The connected part of the graph each item belongs to.
  private(set) var component: [Int]

  init(_ items: GraphItems, height: [Int]) {
    let count = items.box.count
    component = [Int](repeating: -1, count: count)
    nameComponents(items)
    var met = [Bool](repeating: false, count: count)
    var stack: [Int] = []
    // Highest first: the line of the data before parameters that join it.
    let starts = (0..<count).filter { items.above[$0].isEmpty }.sorted { one, other in
      (component[one], -height[items.box[one]], one)
        < (component[other], -height[items.box[other]], other)
    }
    for start in starts {
      stack.append(start)
      while let item = stack.popLast() {
        guard !met[item] else { continue }
        met[item] = true
        order.append(item)
        var next = items.below[item].map { items.lower[$0] }
        if next.count > 1 {
          next.sort { one, other in rank(one) < rank(other) }
        }
        stack.append(contentsOf: next)
      }
    }
    func rank(_ item: Int) -> (Int, Int) {
      let box = items.box[item]
      return box < 0 ? (-1, item) : (height[box], -item)
    }
  }

  private mutating func nameComponents(_ items: GraphItems) {
    var stack: [Int] = []
    var name = 0
    for start in component.indices where component[start] < 0 {
      component[start] = name
      stack.append(start)
      while let item = stack.popLast() {
        for segment in items.below[item] { visit(items.lower[segment]) }
        for segment in items.above[item] { visit(items.upper[segment]) }
      }
      name += 1
    }
    func visit(_ item: Int) {
      guard component[item] < 0 else { return }
      component[item] = name
      stack.append(item)
    }
  }
}
