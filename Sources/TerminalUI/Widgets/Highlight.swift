extension Buffer {
  /// Marks a rectangle as chosen: a colour behind it, and bold text that is seen on that colour.
  package mutating func highlight(_ rect: Rect, _ color: Color = Accents.selection) {
    restyle(rect) { style in
      style.background = color
      style.attributes.insert(.bold)
      // The theme's own text may be as dark as the colour.
      if style.foreground == .default { style.foreground = color.contrasting }
    }
  }
}
