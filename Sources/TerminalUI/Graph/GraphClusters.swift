/// The room each box takes around its column, with what is beside it.
struct GraphClusters {
  /// Columns left of the port.
  private(set) var left: [Int]
  /// Columns right of the port.
  private(set) var right: [Int]
  /// Rows.
  private(set) var rows: [Int]
  /// Columns of the widest box at the side; 0 where there is none.
  private(set) var sideWidth: [Int]

  init(_ boxes: [GraphBox], _ sides: GraphSides) {
    left = [Int](repeating: GraphMetrics.port, count: boxes.count)
    sideWidth = [Int](repeating: 0, count: boxes.count)
    right = boxes.map { Self.width($0) - GraphMetrics.port - 1 }
    rows = boxes.map(Self.height)
    for (box, owner) in sides.owner.enumerated() where owner >= 0 {
      sideWidth[owner] = max(sideWidth[owner], Self.width(boxes[box]))
    }
    for box in boxes.indices where sideWidth[box] > 0 {
      left[box] += sideWidth[box] + GraphMetrics.connector
      rows[box] = max(rows[box], sides.attached[box].reduce(0) { $0 + Self.height(boxes[$1]) })
    }
  }

  /// The columns of a box, marks and label.
  static func width(_ box: GraphBox) -> Int {
    GraphMetrics.leading + max(1, min(box.width, 10_000)) + GraphMetrics.trailing
  }

  /// The rows of a box.
  static func height(_ box: GraphBox) -> Int { max(1, min(box.lines, 1_000)) }
}
