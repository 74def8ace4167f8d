/// Where the user moves the choice in a graph.
package enum GraphDirection: Hashable, Sendable, CaseIterable {
  /// Against the flow.
  case up
  /// With the flow.
  case down
  /// Towards parameters.
  case left
  /// From parameters to their operation.
  case right
}

extension GraphLayout {
  /// The box whose frame holds that cell.
  package func box(at point: GraphPoint) -> Int? {
    frames.firstIndex { $0.contains(x: point.x, y: point.y) }
  }

  /// The box to choose next in that direction: the nearest one that an edge leads to, or else the
  /// nearest one that is there; nil where there is none.
  package func neighbour(of box: Int, _ direction: GraphDirection) -> Int? {
    guard frames.indices.contains(box) else { return nil }
    let connected = connections(of: box, direction)
    let candidates = connected.isEmpty ? frames.indices.filter { $0 != box } : connected
    return
      candidates
      .compactMap { other in distance(from: frames[box], to: frames[other], direction).map { ($0, other) } }
      .min { $0 < $1 }?.1
  }

  /// The offset nearest to `offset` at which the box is in a view of that size, with `margin` cells
  /// around it where there is room.
  package func scroll(
    showing box: Int, in view: Size, from offset: GraphPoint, margin: Int = 1
  ) -> GraphPoint {
    guard frames.indices.contains(box) else { return clamped(offset, in: view) }
    let frame = frames[box].inset(by: -max(0, margin))
    // What is too large for the view shows its beginning, so the beginning is seen to last.
    let x = min(max(offset.x, frame.maxX - view.width), frame.x)
    let y = min(max(offset.y, frame.maxY - view.height), frame.y)
    return clamped(GraphPoint(x: x, y: y), in: view)
  }

  /// The offset nearest to `offset` at which a view of that size shows no more beyond the graph than it
  /// must.
  package func clamped(_ offset: GraphPoint, in view: Size) -> GraphPoint {
    GraphPoint(
      x: max(0, min(offset.x, size.width - view.width)), y: max(0, min(offset.y, size.height - view.height)))
  }

  /// The boxes whose edges leave or enter `box` on that side.
  private func connections(of box: Int, _ direction: GraphDirection) -> [Int] {
    var boxes: [Int] = []
    for index in outgoing[box] {
      if leads(routes[index].points, direction) { boxes.append(routes[index].target) }
    }
    for index in incoming[box] {
      if leads(routes[index].points.reversed(), direction) { boxes.append(routes[index].source) }
    }
    return boxes.filter { distance(from: frames[box], to: frames[$0], direction) != nil }
  }

  /// Whether a route sets out in that direction.
  private func leads(_ points: [GraphPoint], _ direction: GraphDirection) -> Bool {
    guard points.count > 1 else { return false }
    let (dx, dy) = (points[1].x - points[0].x, points[1].y - points[0].y)
    return switch direction {
    case .up: dy < 0
    case .down: dy > 0
    case .left: dx < 0
    case .right: dx > 0
    }
  }

  /// How far another frame is in that direction; nil where it is elsewhere.
  ///
  /// A cell is about twice as high as it is wide, and what is off the straight way counts double.
  private func distance(from frame: Rect, to other: Rect, _ direction: GraphDirection) -> Int? {
    let across = abs(other.x - frame.x)
    let down = abs(other.y - frame.y)
    return switch direction {
    case .up: other.maxY <= frame.y ? 2 * (frame.y - other.maxY) + 2 * across : nil
    case .down: other.y >= frame.maxY ? 2 * (other.y - frame.maxY) + 2 * across : nil
    case .left: other.maxX <= frame.x ? frame.x - other.maxX + 4 * down : nil
    case .right: other.x >= frame.maxX ? other.x - frame.maxX + 4 * down : nil
    }
  }
}
