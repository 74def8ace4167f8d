/// The bytes that one element of a type takes, by NumPy's name; nil for a type that recordings do not hold.
func elementSize(_ dtype: String) -> Int? {
  switch dtype {
  case "bool", "uint8", "int8": 1
  case "float16", "int16": 2
  case "float32", "int32": 4
  case "float64", "int64": 8
  default: nil
  }
}
