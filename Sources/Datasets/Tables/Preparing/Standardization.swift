/// The mean and the deviation of each input of a table, by which it is brought to mean 0 and deviation 1.
///
/// They are those of the training part alone: what validates must not be known before.
package struct Standardization: Sendable, Equatable, Codable {
  /// The mean of each input; 0 for one that is left as it is.
  package let means: [Double]
  /// The deviation of each input; 1 for one that is left as it is, or is always the same.
  package let deviations: [Double]

  /// Measures rows; inputs that are not `areNumbers` are left as they are, and missing numbers are left aside.
  init(_ features: [Float], rows: [Int], areNumbers: [Bool]) {
    let width = areNumbers.count
    var (sums, counts) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width))
    for row in rows {
      for column in 0..<width where areNumbers[column] {
        let value = features[row * width + column]
        guard !value.isNaN else { continue }
        sums[column] += Double(value)
        counts[column] += 1
      }
    }
    let means = (0..<width).map { counts[$0] > 0 ? sums[$0] / counts[$0] : 0 }
    var squares = [Double](repeating: 0, count: width)
    for row in rows {
      for column in 0..<width where areNumbers[column] {
        let value = features[row * width + column]
        guard !value.isNaN else { continue }
        squares[column] += (Double(value) - means[column]) * (Double(value) - means[column])
      }
    }
    self.means = means
    deviations = (0..<width).map { column in
      let deviation = counts[column] > 0 ? (squares[column] / counts[column]).squareRoot() : 0
      return deviation > 0 ? deviation : 1
    }
  }

  /// The inputs of rows with mean 0 and deviation 1.
  func applied(to features: [Float]) -> [Float] {
    let width = means.count
    var result = features
    for start in stride(from: 0, to: features.count, by: width) {
      for column in 0..<width {
        result[start + column] = Float(
          (Double(features[start + column]) - means[column]) / deviations[column])
      }
    }
    return result
  }

  /// The inputs of rows with the mean in place of what is missing.
  func filled(_ features: [Float]) -> [Float] {
    var result = features
    for place in features.indices where features[place].isNaN {
      result[place] = Float(means[place % means.count])
    }
    return result
  }
}
