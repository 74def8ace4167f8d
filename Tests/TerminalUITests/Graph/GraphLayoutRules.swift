import TerminalUI

extension GraphLayout {
  /// What breaks a rule of every layout: no two frames overlap; every route begins in its source, ends
  /// in its target, runs straight and passes no other box; nothing lies outside the whole.
  var violations: [String] {
    var found: [String] = []
    var owner: [GraphPoint: Int] = [:]
    for (box, frame) in frames.enumerated() {
      if frame.intersection(Rect(size)) != frame { found.append("box \(box) lies outside") }
      for y in frame.y..<frame.maxY {
        for x in frame.x..<frame.maxX {
          if let other = owner.updateValue(box, forKey: GraphPoint(x: x, y: y)) {
            found.append("boxes \(other) and \(box) overlap")
          }
        }
      }
    }
    for route in routes {
      let name = "edge \(route.source)→\(route.target)"
      if route.points.first.flatMap({ owner[$0] }) != route.source {
        found.append("\(name) begins elsewhere")
      }
      if route.points.last.flatMap({ owner[$0] }) != route.target { found.append("\(name) ends elsewhere") }
      for cell in route.cells {
        if let box = owner[cell], box != route.source, box != route.target {
          found.append("\(name) passes box \(box)")
        }
        if !Rect(size).contains(x: cell.x, y: cell.y) { found.append("\(name) lies outside") }
      }
      for (start, end) in zip(route.points, route.points.dropFirst())
      where (start.x == end.x) == (start.y == end.y) {
        found.append("\(name) has a piece that is neither level nor upright")
      }
    }
    return Array(Set(found)).sorted()
  }

  /// Edges that run along the same piece of line though they share neither their source nor their target.
  var sharedPieces: [String] {
    var found: Set<String> = []
    var users: [[GraphPoint]: [GraphRoute]] = [:]
    for route in routes {
      for (cell, next) in zip(route.cells, route.cells.dropFirst()) {
        for other in users[[cell, next]] ?? []
        where other.source != route.source && other.target != route.target {
          found.insert("\(other.source)→\(other.target) and \(route.source)→\(route.target)")
        }
        users[[cell, next], default: []].append(route)
      }
    }
    return found.sorted()
  }
}

extension GraphRoute {
  /// Every cell of the route in order.
  var cells: [GraphPoint] {
    guard var cell = points.first else { return [] }
    var cells = [cell]
    for point in points.dropFirst() {
      while cell != point {
        cell.x += (point.x - cell.x).signum()
        cell.y += (point.y - cell.y).signum()
        cells.append(cell)
      }
    }
    return cells
  }
}
