"""What stands where on a sheet: regions, headers, columns, units and periods; and the values a reading is made of."""
