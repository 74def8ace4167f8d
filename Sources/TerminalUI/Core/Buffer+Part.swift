extension Buffer {
  /// A part of it as a buffer of its own.
  package func part(_ rect: Rect) -> Buffer {
    let rect = rect.intersection(bounds)
    var part = Buffer(size: rect.size, capabilities: capabilities)
    for y in 0..<rect.height {
      for x in 0..<rect.width { part[x, y] = self[rect.x + x, rect.y + y] }
    }
    return part
  }
}
